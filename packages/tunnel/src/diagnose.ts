import { lookup } from 'node:dns/promises';
import { access } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isOlder } from './cloudflared-version.js';
import { TunnelError } from './errors.js';
import { type Cloudflared, findCloudflared, type FindOptions } from './find-cloudflared.js';
import type { Environment } from './launch-environment.js';
import { PINNED_VERSION } from './release.js';

/** One thing that was looked at. `note` is worth knowing and stops nothing; `failed` stops tunnels. */
export interface DiagnosisCheck {
  readonly name: 'binary' | 'version' | 'config' | 'environment' | 'dns' | 'edge';
  readonly status: 'ok' | 'note' | 'failed';
  /** What was seen and, unless it is in order, what to do. For people. */
  readonly message: string;
}

/** What `diagnoseTunnels` looks at. */
export interface DiagnosisOptions extends FindOptions {
  /** Hosts and ports of the edge; by default Cloudflare's. */
  readonly edges?: readonly { readonly host: string; readonly port: number }[];
  /** Names that have to resolve; by default those of the edge and of the service for quick tunnels. */
  readonly names?: readonly string[];
  /** Where cloudflared looks for its own configuration. */
  readonly configFolders?: readonly string[];
  readonly timeoutMs?: number;
}

const EDGES = [
  { host: 'region1.v2.argotunnel.com', port: 7844 },
  { host: 'region2.v2.argotunnel.com', port: 7844 },
];
/** The service's own name, and never a tunnel's: to ask for one too early spoils it. */
const NAMES = ['api.trycloudflare.com', 'region1.v2.argotunnel.com'];
const TIMEOUT_MS = 5_000;

/** Looks at all that tunnels need on this machine. Starts none, and never rejects. */
export async function diagnoseTunnels(options: DiagnosisOptions = {}): Promise<DiagnosisCheck[]> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const [binary, config, dns, edge] = await Promise.all([
    checkBinary(options),
    checkConfig(options.configFolders ?? configFolders()),
    checkNames(options.names ?? NAMES, timeoutMs),
    checkEdges(options.edges ?? EDGES, timeoutMs),
  ]);
  return [...binary, config, checkEnvironment(options.environment ?? process.env), dns, edge];
}

async function checkBinary(options: FindOptions): Promise<DiagnosisCheck[]> {
  let found: Cloudflared;
  try {
    found = await findCloudflared(options);
  } catch (error) {
    const message = error instanceof TunnelError ? error.message : 'cloudflared was not found.';
    return [{ name: 'binary', status: 'failed', message }];
  }
  const isOld = isOlder(found.version, PINNED_VERSION);
  return [
    { name: 'binary', status: 'ok', message: `cloudflared is ${found.path} (${found.source}).` },
    {
      name: 'version',
      status: isOld ? 'note' : 'ok',
      message: isOld
        ? `Version ${found.version} works; ${PINNED_VERSION} is what this program was made with. Update it when you can.`
        : `Version ${found.version}.`,
    },
  ];
}

async function checkConfig(folders: readonly string[]): Promise<DiagnosisCheck> {
  for (const folder of folders) {
    for (const name of ['config.yml', 'config.yaml']) {
      const file = join(folder, name);
      try {
        await access(file);
      } catch {
        continue;
      }
      return {
        name: 'config',
        status: 'note',
        message: `There is a configuration of your own (${file}). Tunnels of this program do not use it; one started by hand does, and then answers 404.`,
      };
    }
  }
  return {
    name: 'config',
    status: 'ok',
    message: 'No configuration of cloudflared is in the way.',
  };
}

function checkEnvironment(environment: Environment): DiagnosisCheck {
  const names = Object.keys(environment).filter((name) =>
    /^(?:TUNNEL_|STDIN_CONTROL$)/iu.test(name),
  );
  if (names.length === 0) {
    return { name: 'environment', status: 'ok', message: 'No TUNNEL_ variables are set.' };
  }
  return {
    name: 'environment',
    status: 'note',
    message: `${names.length} variables for cloudflared are set (TUNNEL_ or STDIN_CONTROL). Tunnels of this program do not see them; one started by hand does.`,
  };
}

async function checkNames(names: readonly string[], timeoutMs: number): Promise<DiagnosisCheck> {
  const results = await Promise.all(names.map((name) => inTime(resolves(name), timeoutMs)));
  const missing = names.filter((_, index) => results[index] !== true);
  if (missing.length === 0) {
    return { name: 'dns', status: 'ok', message: 'The names that tunnels need are found.' };
  }
  return {
    name: 'dns',
    status: 'failed',
    message: `Not found: ${missing.join(', ')}. You are offline, or the resolver blocks these names: try another one, a named tunnel, or the local network.`,
  };
}

async function checkEdges(
  edges: readonly { readonly host: string; readonly port: number }[],
  timeoutMs: number,
): Promise<DiagnosisCheck> {
  const results = await Promise.all(edges.map(({ host, port }) => opens(host, port, timeoutMs)));
  const count = results.filter(Boolean).length;
  if (count > 0) {
    return {
      name: 'edge',
      status: 'ok',
      message:
        "Cloudflare's edge can be reached by TCP. Whether UDP passes only a tunnel shows; TCP is enough.",
    };
  }
  return {
    name: 'edge',
    status: 'failed',
    message:
      "Cloudflare's edge cannot be reached: a firewall stops port 7844 (TCP). Allow it, or use another network.",
  };
}

async function resolves(name: string): Promise<boolean> {
  try {
    await lookup(name);
    return true;
  } catch {
    return false;
  }
}

/** The resolver of the system cannot be interrupted, only left waiting. */
function inTime(promise: Promise<boolean>, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs, false);
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

function opens(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (isOpen: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(isOpen);
    };
    const timer = setTimeout(end, timeoutMs, false);
    socket.once('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}

function configFolders(): string[] {
  const home = ['.cloudflared', '.cloudflare-warp', 'cloudflare-warp'].map((name) =>
    join(homedir(), name),
  );
  return process.platform === 'win32'
    ? home
    : [...home, '/etc/cloudflared', '/usr/local/etc/cloudflared'];
}
