import { parseArgs } from 'node:util';

export const USAGE = `Usage: gravy-gui [options]

Opens Gravy as a page in your browser. It runs until you press Ctrl-C.

  --home DIR   folder of Gravy's data (default: GRAVY_HOME, or the platform's)
  --port N     where to listen on 127.0.0.1 (default: a free port, another each
               time, which is safer: the browser keeps nothing of the last one)
  --no-open    print the link instead of opening a browser
  --version    print the version
  --help       print this

Example:
  gravy-gui --no-open
`;

const MAX_PORT = 65_535;

export type Options =
  | { readonly kind: 'help' | 'version' }
  | {
      readonly kind: 'run';
      readonly home: string | undefined;
      readonly port: number;
      readonly opens: boolean;
    };

/** What the command line asks for, or a sentence that says what is wrong with it. */
export function readOptions(words: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      allowNegative: true,
      options: {
        home: { type: 'string' },
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
    if (values.help === true) return { kind: 'help' };
    if (values.version === true) return { kind: 'version' };
    const port = Number(values.port ?? 0);
    if (!/^\d{1,5}$/u.test(values.port ?? '0') || port > MAX_PORT) {
      return `--port must be a number from 0 to ${MAX_PORT}.`;
    }
    return { kind: 'run', home: values.home, port, opens: values.open };
  } catch (error) {
    return error instanceof Error ? error.message : 'The options cannot be read.';
  }
}
