/** Variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Names that change what cloudflared does, or that are none of its business. */
const WITHHELD = /^(?:TUNNEL_.*|GRAVY_.*|STDIN_CONTROL|NO_AUTOUPDATE|DIAL_EDGE_TIMEOUT)$/iu;

/**
 * The environment for cloudflared: the caller's, without what would turn the tunnel into another one
 * (TUNNEL_NAME alone makes a quick tunnel a named one) and without Gravy's own settings, of which one may
 * be a password. Options that only some versions know go by environment, where unknown ones do no harm.
 */
export function launchEnvironment(own: Environment): Environment {
  const environment: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(own)) {
    if (!WITHHELD.test(name)) environment[name] = value;
  }
  environment['TUNNEL_NO_PRECHECKS'] = '1';
  return environment;
}
