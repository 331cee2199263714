import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectorProcess } from './connector-process.js';
import { TunnelError } from './errors.js';
import { describeExit } from './failure.js';
import { METRICS_TIMEOUT_MS, type TunnelLimits } from './limits.js';

/**
 * Watches a tunnel that is up, until it is lost or closing. cloudflared goes on trying for ever, also when its
 * tunnel does not exist any more: a live process says nothing.
 */
export async function watchConnector(
  connector: ConnectorProcess,
  options: {
    limits: TunnelLimits;
    closing: AbortSignal;
    onDegraded: () => void;
    onRecovered: () => void;
  },
): Promise<TunnelError | 'closing'> {
  const { limits, closing, onDegraded, onRecovered } = options;
  const interrupt = AbortSignal.any([closing, connector.gone]);
  let unreadySince: number | undefined;
  let lookedAt = performance.now();
  for (;;) {
    await sleep(limits.pollMs, undefined, { signal: interrupt }).catch(() => {});
    if (closing.aborted) return 'closing';
    if (connector.exit !== undefined) {
      return describeExit(connector.exit, undefined, limits.rateLimitDelayMs);
    }
    const readiness = await connector.fetchReadiness();
    const now = performance.now();
    const wasAsleep = now - lookedAt > limits.pollMs + 2 * METRICS_TIMEOUT_MS;
    lookedAt = now;
    // A metrics server that never came up has nothing to say about the tunnel.
    if (!connector.hasMetrics || readiness?.isReady === true) {
      if (unreadySince !== undefined) onRecovered();
      unreadySince = undefined;
      continue;
    }
    if (unreadySince === undefined) onDegraded();
    // The time that the machine slept through is no time that cloudflared had.
    if (unreadySince === undefined || wasAsleep) unreadySince = now;
    if (now - unreadySince >= limits.deadAfterMs) return connectionLost();
  }
}

function connectionLost(): TunnelError {
  return new TunnelError(
    'connection_lost',
    'The tunnel lost its connection and did not get it back, so another one is opened. The old URL leads nowhere any more.',
  );
}
