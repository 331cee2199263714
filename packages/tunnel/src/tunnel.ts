import { mkdir, open } from 'node:fs/promises';
import { ConnectorProcess } from './connector-process.js';
import { TunnelError } from './errors.js';
import type { Cloudflared } from './find-cloudflared.js';
import { freePort } from './free-port.js';
import { ingressConfig, type TunnelOrigin } from './ingress-config.js';
import { launchArguments } from './launch-arguments.js';
import { type Environment, launchEnvironment } from './launch-environment.js';
import { DEFAULT_LIMITS, type TunnelLimits } from './limits.js';
import { type Probe, probeByHttps } from './probe.js';
import { reapLeftovers } from './reap.js';
import type { TunnelEvent, TunnelState } from './state.js';
import { Supervisor } from './supervisor.js';
import { Watchdog } from './watchdog.js';

/** Which tunnel: one with a random name for as long as it runs, or one that the user has set up at Cloudflare. */
export type TunnelKind =
  | { readonly kind: 'quick' }
  | {
      readonly kind: 'named';
      /** The public host name that leads to this tunnel, without a scheme. */
      readonly hostname: string;
      /** The file with the tunnel's token. Only its path is handed on. */
      readonly tokenFile: string;
    };

/** What `openTunnel` needs to know. */
export interface TunnelOptions {
  /** From `findCloudflared` or `installCloudflared`. */
  readonly cloudflared: Cloudflared;
  readonly origin: TunnelOrigin;
  /** By default a quick tunnel. */
  readonly tunnel?: TunnelKind;
  /** A private folder for records of running processes, made if missing. Programs may share one. */
  readonly folder: string;
  /** Told everything that happens, in order, from the start on. */
  readonly onEvent?: (event: TunnelEvent) => void;
  /** Ends the attempt to open the tunnel; an open one is ended by `close`. */
  readonly signal?: AbortSignal;
  /** What cloudflared gets to see, less what would change the tunnel; by default this process's environment. */
  readonly environment?: Environment;
  /** A Node to run the watchdog with, where this program is not run by one (`process.execPath -e`). */
  readonly nodePath?: string;
  /** Looks at the public URL; by default one HTTPS request. */
  readonly probe?: Probe;
  /** Times that tests make short. */
  readonly limits?: Partial<TunnelLimits>;
}

/** A tunnel that was reachable once, and is kept so. */
export interface Tunnel {
  /** The one to share, last time it was reachable. A quick tunnel's changes with the event `url`. */
  readonly url: string;
  readonly state: TunnelState;
  /** Settles when no process is left: with undefined after `close`, else with why. Never rejects. */
  readonly closed: Promise<TunnelError | undefined>;
  /** Ends cloudflared (SIGTERM, SIGKILL after 5 s). End what runs through the tunnel first. */
  close(): Promise<void>;
}

/**
 * Ends leftovers of earlier runs, starts cloudflared, and resolves when its URL can be shared: some 15 s for a quick
 * tunnel, most of it waiting until its name may be looked up. However this process ends from then on, cloudflared ends too.
 * @throws TunnelError each code but `install_failed`, `cloudflared_missing` and `connection_lost`
 */
export async function openTunnel(options: TunnelOptions): Promise<Tunnel> {
  const { cloudflared, origin, folder, signal, tunnel = { kind: 'quick' } } = options;
  const limits: TunnelLimits = { ...DEFAULT_LIMITS, ...options.limits };
  checkOrigin(origin);
  if (tunnel.kind === 'named') await checkNamed(tunnel);
  if (isAborted(signal)) throw aborted();
  await prepareFolder(folder, limits);
  const watchdog = await Watchdog.start({
    nodePath: options.nodePath ?? process.execPath,
    graceMs: limits.orphanEndTimeoutMs,
    startTimeoutMs: limits.watchdogStartTimeoutMs,
  });
  const environment = launchEnvironment(options.environment ?? process.env);
  const supervisor = new Supervisor({
    limits,
    hostname: tunnel.kind === 'named' ? tunnel.hostname : undefined,
    probe: options.probe ?? probeByHttps,
    emit: (event) => tell(options.onEvent, event),
    startConnector: async (protocol) => {
      const metricsPort = await freePort();
      return ConnectorProcess.start({
        executable: cloudflared.path,
        commandLine: (configFile) =>
          launchArguments({
            configFile,
            metricsPort,
            protocol,
            mode: tunnel.kind === 'quick' ? { kind: 'quick', port: origin.port } : tunnel,
          }),
        environment,
        config: ingressConfig(origin),
        metricsPort,
        folder,
        watchdog,
      });
    },
  });
  const closed = supervisor.closed.finally(() => watchdog.close());
  const onAbort = (): void => void supervisor.close();
  signal?.addEventListener('abort', onAbort, { once: true });
  // While the watchdog started, nobody listened.
  if (isAborted(signal)) onAbort();
  let url: string;
  try {
    url = await supervisor.opened;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  return {
    get url() {
      return supervisor.url ?? url;
    },
    get state() {
      return supervisor.state;
    },
    closed,
    close: () => supervisor.close(),
  };
}

/** A listener that throws harms the tunnel as little as the tunnel hides it. */
function tell(listener: ((event: TunnelEvent) => void) | undefined, event: TunnelEvent): void {
  try {
    listener?.(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function checkOrigin({ port, path }: TunnelOrigin): void {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new TunnelError('misuse', 'The port to publish is a number from 1 to 65535.');
  }
  if (path !== undefined && !/^\/[\x21-\x7e]*$/u.test(path)) {
    throw new TunnelError('misuse', 'The path to publish starts with / and is printable ASCII.');
  }
}

async function checkNamed(tunnel: { hostname: string; tokenFile: string }): Promise<void> {
  const labels = tunnel.hostname.split('.');
  const isHostname =
    tunnel.hostname.length <= 253 &&
    labels.length > 1 &&
    labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/iu.test(label));
  if (!isHostname) {
    throw new TunnelError(
      'misuse',
      'The hostname of a named tunnel is a name such as chat.example.org, without a scheme or path.',
    );
  }
  try {
    const file = await open(tunnel.tokenFile);
    const { size } = await file.stat();
    await file.close();
    if (size > 0) return;
  } catch (cause) {
    throw tokenUnusable(cause);
  }
  throw tokenUnusable(undefined);
}

function tokenUnusable(cause: unknown): TunnelError {
  return new TunnelError(
    'token_unusable',
    'The token file cannot be read, or is empty. Save the token of the tunnel there, readable by you.',
    { cause },
  );
}

async function prepareFolder(folder: string, limits: TunnelLimits): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await reapLeftovers(folder, limits.orphanEndTimeoutMs);
  } catch (cause) {
    throw new TunnelError(
      'folder_unusable',
      'The folder for the records of running tunnels cannot be used. Check its path and permissions.',
      { cause },
    );
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function aborted(): TunnelError {
  return new TunnelError('aborted', 'The attempt to open a tunnel was given up.');
}
