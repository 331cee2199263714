/** What the command line asks for, after the checks that the real one makes. */
export interface Options {
  readonly command: 'tunnel' | 'run';
  readonly values: ReadonlyMap<string, string>;
}

/** The command line is wrong: exit code 255. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const SWITCHES = new Set(['no-autoupdate', 'no-prechecks', 'hello-world', 'post-quantum']);
const TUNNEL_OPTIONS = new Set([
  ...SWITCHES,
  'config',
  'protocol',
  'metrics',
  'grace-period',
  'url',
  'loglevel',
  'logfile',
  'pidfile',
  'edge-ip-version',
  'name',
  'hostname',
  'origincert',
  'autoupdate-freq',
]);
const RUN_OPTIONS = new Set(['token', 'token-file', 'protocol', 'url', 'credentials-file']);

/** Environment variables that are options, of those whose presence does harm. */
const FROM_ENVIRONMENT: Readonly<Record<string, string>> = {
  TUNNEL_NAME: 'name',
  TUNNEL_HOSTNAME: 'hostname',
  TUNNEL_URL: 'url',
  TUNNEL_METRICS: 'metrics',
  TUNNEL_TOKEN: 'token',
  TUNNEL_TRANSPORT_PROTOCOL: 'protocol',
  STDIN_CONTROL: 'stdin-control',
};

export function readOptions(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  unknown: readonly string[],
): Options {
  if (words[0] !== 'tunnel') throw new UsageError('stand-in: only `tunnel` is known');
  const values = new Map<string, string>();
  for (const [variable, name] of Object.entries(FROM_ENVIRONMENT)) {
    const value = environment[variable];
    if (value !== undefined && value !== '') values.set(name, value);
  }
  let command: Options['command'] = 'tunnel';
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === 'run' && command === 'tunnel') {
      command = 'run';
      continue;
    }
    const [, name, joined] = /^--?([a-z-]+)(?:=(.*))?$/u.exec(word) ?? [];
    const known = command === 'tunnel' ? TUNNEL_OPTIONS : RUN_OPTIONS;
    if (name === undefined) throw new UsageError(`stand-in: unexpected ${word}`);
    if (!known.has(name) || unknown.includes(name)) {
      throw new UsageError(`flag provided but not defined: -${name}`);
    }
    if (SWITCHES.has(name)) {
      values.set(name, joined ?? 'true');
      continue;
    }
    if (joined === undefined) at += 1;
    const value = joined ?? words[at];
    if (value === undefined) throw new UsageError(`flag needs an argument: -${name}`);
    values.set(name, value);
  }
  check(values);
  return { command, values };
}

function check(values: ReadonlyMap<string, string>): void {
  const grace = values.get('grace-period');
  if (grace !== undefined && !/^\d+(?:ms|s|m)$/u.test(grace)) {
    throw new UsageError(`invalid value "${grace}" for flag -grace-period: parse error`);
  }
}
