import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectorProcess } from './connector-process.js';
import { TunnelError } from './errors.js';
import { describeExit, describePrinted } from './failure.js';
import { MAX_BLIND_PROBES, START_POLL_MS, type TunnelLimits } from './limits.js';
import { fetchQuickHostname } from './metrics-client.js';
import type { Probe, ProbeResult } from './probe.js';

export type BringUpResult =
  | { readonly kind: 'reachable'; readonly url: string; readonly isConfirmed: boolean }
  /** The process is to be ended, if it has not ended itself. */
  | { readonly kind: 'failed'; readonly error: TunnelError; readonly isPortTaken: boolean }
  | { readonly kind: 'interrupted' };

export interface BringUpOptions {
  /** A named tunnel's; a quick one's is asked for. */
  readonly hostname: string | undefined;
  readonly limits: TunnelLimits;
  readonly probe: Probe;
  /** Ends the waiting when the tunnel is closed. */
  readonly closing: AbortSignal;
  readonly onRegistered: () => void;
}

/** Waits until a started cloudflared has its URL, its connection, and a name that can be shared. */
export async function bringUp(
  connector: ConnectorProcess,
  options: BringUpOptions,
): Promise<BringUpResult> {
  const { limits, closing, probe } = options;
  const interrupt = AbortSignal.any([closing, connector.gone]);
  /** False when there is nothing to wait for any more. */
  const pause = async (ms: number): Promise<boolean> => {
    await sleep(ms, undefined, { signal: interrupt }).catch(() => {});
    return !interrupt.aborted;
  };
  const lost = (): BringUpResult => {
    if (connector.exit === undefined || closing.aborted) return { kind: 'interrupted' };
    return {
      kind: 'failed',
      error: describeExit(connector.exit, connector.lastFailure, limits.rateLimitDelayMs),
      isPortTaken: connector.lastFailure === 'metrics-port-taken',
    };
  };
  const hostname = await awaitHostname(connector, options, pause);
  if (interrupt.aborted) return lost();
  if (hostname === undefined) return failed(noAnswer());

  let isAnnounced = false;
  let readySince: number | undefined;
  let unreadySince = performance.now();
  while (readySince === undefined || performance.now() - readySince < limits.settleMs) {
    if (await isConnected(connector)) {
      readySince ??= performance.now();
      if (!isAnnounced) options.onRegistered();
      isAnnounced = true;
    } else {
      if (readySince !== undefined) unreadySince = performance.now();
      readySince = undefined;
      if (performance.now() - unreadySince >= limits.registerTimeoutMs) {
        return interrupt.aborted ? lost() : failed(noConnection(connector, options));
      }
    }
    if (!(await pause(Math.min(limits.pollMs, limits.settleMs)))) return lost();
  }

  const url = `https://${hostname}`;
  const deadline = performance.now() + limits.probeTimeoutMs;
  for (let blindProbes = 0; ;) {
    const seen = await Promise.race([probe(url), blindWhen(interrupt)]);
    if (interrupt.aborted) return lost();
    if (seen === 'leads-here') return { kind: 'reachable', url, isConfirmed: true };
    if (seen === 'cannot-see') blindProbes += 1;
    if (blindProbes >= MAX_BLIND_PROBES) return { kind: 'reachable', url, isConfirmed: false };
    if (performance.now() >= deadline) return failed(notReachable());
    if (!(await pause(limits.pollMs))) return lost();
  }
}

/** Until cloudflared is up, which is when it has a name for a quick tunnel; undefined if it takes too long. */
async function awaitHostname(
  connector: ConnectorProcess,
  options: BringUpOptions,
  pause: (ms: number) => Promise<boolean>,
): Promise<string | undefined> {
  const { hostname, limits } = options;
  const deadline = performance.now() + limits.startTimeoutMs;
  let printedSince: number | undefined;
  while (performance.now() < deadline) {
    if (hostname !== undefined) {
      const isUp = connector.hasRegistered || (await connector.fetchReadiness()) !== undefined;
      if (isUp) return hostname;
    } else {
      const asked = await fetchQuickHostname(connector.metricsPort);
      // What came through our own pipe is cloudflared's; a port can be somebody else's.
      if (asked !== undefined) return connector.hostname ?? asked;
      if (connector.hostname !== undefined) {
        printedSince ??= performance.now();
        if (performance.now() - printedSince >= limits.metricsTimeoutMs) return connector.hostname;
      }
    }
    if (!(await pause(Math.min(limits.pollMs, START_POLL_MS)))) return undefined;
  }
  return undefined;
}

/** By the metrics server or, where that does not answer, by what was printed. */
async function isConnected(connector: ConnectorProcess): Promise<boolean> {
  const readiness = await connector.fetchReadiness();
  return readiness?.isReady ?? (!connector.hasMetrics && connector.hasRegistered);
}

function failed(error: TunnelError): BringUpResult {
  return { kind: 'failed', error, isPortTaken: false };
}

/** A look that nobody waits for any more. */
function blindWhen(interrupt: AbortSignal): Promise<ProbeResult> {
  return new Promise((resolve) => {
    if (interrupt.aborted) resolve('cannot-see');
    interrupt.addEventListener('abort', () => resolve('cannot-see'), { once: true });
  });
}

function noAnswer(): TunnelError {
  return new TunnelError(
    'no_answer',
    'cloudflared was started but gave no URL in time. Check that you are online, and try again; a proxy or firewall may hold its request back.',
  );
}

function noConnection(connector: ConnectorProcess, options: BringUpOptions): TunnelError {
  if (connector.lastFailure !== 'token-refused') return describePrinted('edge-unreachable', 0);
  // A quick tunnel has no token of the user's: the service gave one that its own edge does not know.
  return describePrinted(options.hostname === undefined ? 'service-down' : 'token-refused', 0);
}

function notReachable(): TunnelError {
  return new TunnelError(
    'not_reachable',
    "Cloudflare's edge is connected, but the tunnel's public name leads nowhere. For a quick tunnel try again; for a named one check in the dashboard that the hostname belongs to this tunnel.",
  );
}
