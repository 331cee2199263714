import type { Command } from 'commander';
import { CliError } from './cli-error.js';
import type { Interruption } from './interruption.js';
import { type Style, styleFor } from './terminal/style.js';
import type { Terminal } from './terminal/terminal.js';

/** What one run of the program has: made once, in main, and handed down. */
export interface Runtime {
  readonly terminal: Terminal;
  /** The environment, without GRAVY_PASSWORD. */
  readonly env: NodeJS.ProcessEnv;
  /** GRAVY_PASSWORD, taken out of the environment before anything else happened. */
  readonly password: string | undefined;
  readonly interruption: Interruption;
  /** To be run at the end, last first, however the run ends. */
  readonly cleanups: (() => Promise<void> | void)[];
}

/** The options that every command knows. */
interface GlobalOptions {
  readonly home?: string;
  readonly account?: string;
  readonly passwordFile?: string;
  readonly json?: true;
  readonly color: boolean;
}

export interface Context extends Runtime {
  readonly options: GlobalOptions;
  /** For results, on standard output. */
  readonly style: Style;
}

export function contextOf(command: Command, runtime: Runtime): Context {
  const options = command.optsWithGlobals<GlobalOptions>();
  return {
    ...runtime,
    options,
    style: styleFor(runtime.terminal.output, options.color, runtime.env),
  };
}

/** For commands whose output is a conversation or a stream. */
export function refuseJson(context: Context): void {
  if (context.options.json !== true) return;
  throw new CliError(
    'usage',
    '--json is for commands with one result. Programs chat through JSON-RPC.',
    'gravy rpc',
  );
}
