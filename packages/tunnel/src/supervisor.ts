import { setTimeout as sleep } from 'node:timers/promises';
import { bringUp, type BringUpOptions } from './bring-up.js';
import type { ConnectorProcess } from './connector-process.js';
import { TunnelError } from './errors.js';
import { isWorthRestarting } from './failure.js';
import { MAX_PORT_ATTEMPTS, type TunnelLimits } from './limits.js';
import type { TunnelEvent, TunnelProtocol, TunnelState } from './state.js';
import { watchConnector } from './watch-connector.js';

export interface SupervisorOptions {
  readonly limits: TunnelLimits;
  readonly hostname: string | undefined;
  readonly probe: BringUpOptions['probe'];
  readonly startConnector: (protocol: TunnelProtocol) => Promise<ConnectorProcess>;
  readonly emit: (event: TunnelEvent) => void;
}

/** Replaces processes as long as the tunnel is wanted, one at a time. */
export class Supervisor {
  state: TunnelState = { kind: 'starting', protocol: 'auto' };
  /** The last one that was reachable. */
  url: string | undefined;
  /** Settles with the first URL, or with why there is none. */
  readonly opened: Promise<string>;
  /** Settles when there is no process any more. Never rejects. */
  readonly closed: Promise<TunnelError | undefined>;

  readonly #options: SupervisorOptions;
  readonly #closing = new AbortController();
  readonly #settleOpened: { resolve: (url: string) => void; reject: (error: TunnelError) => void };
  #connector: ConnectorProcess | undefined;
  #protocol: TunnelProtocol = 'auto';
  /** How often in a row a new process was needed. */
  #failures = 0;
  #portAttempts = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.opened = promise;
    this.#settleOpened = { resolve, reject };
    this.closed = this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    void this.#connector?.end(this.#options.limits.endTimeoutMs);
    await this.closed;
  }

  async #run(): Promise<TunnelError | undefined> {
    let reason: TunnelError | undefined;
    // The constructor has to be done before anybody is told anything.
    await Promise.resolve();
    while (!this.#closing.signal.aborted) {
      const error = await this.#runOne();
      if (error === 'closing') break;
      if (error === 'again') continue;
      const isOpen = this.url !== undefined;
      if (!isOpen || !isWorthRestarting(error)) {
        reason = error;
        break;
      }
      const delayMs = this.#nextDelay(error);
      this.#become({ kind: 'restarting', reason: error, delayMs });
      await sleep(delayMs, undefined, { signal: this.#closing.signal }).catch(() => {});
    }
    this.#become({ kind: 'closed', reason });
    this.#settleOpened.reject(
      reason ?? new TunnelError('aborted', 'The tunnel was closed before it was reachable.'),
    );
    return reason;
  }

  /** From the start of a process to its end. */
  async #runOne(): Promise<TunnelError | 'closing' | 'again'> {
    this.#become({ kind: 'starting', protocol: this.#protocol });
    let connector: ConnectorProcess;
    try {
      connector = await this.#options.startConnector(this.#protocol);
    } catch (error) {
      return asTunnelError(error);
    }
    this.#connector = connector;
    try {
      await connector.recorded();
      return await this.#use(connector);
    } catch (error) {
      return asTunnelError(error);
    } finally {
      await connector.end(this.#options.limits.endTimeoutMs);
      this.#connector = undefined;
    }
  }

  async #use(connector: ConnectorProcess): Promise<TunnelError | 'closing' | 'again'> {
    const { limits, hostname, probe } = this.#options;
    const closing = this.#closing.signal;
    const result = await bringUp(connector, {
      hostname,
      limits,
      probe,
      closing,
      onRegistered: () => this.#become({ kind: 'registered' }),
    });
    if (result.kind === 'interrupted') return 'closing';
    if (result.kind === 'failed') {
      if (result.isPortTaken && this.#portAttempts < MAX_PORT_ATTEMPTS) {
        this.#portAttempts += 1;
        return 'again';
      }
      // Its URL has been shown to nobody yet, so it may still change.
      if (result.error.code === 'edge_unreachable' && this.#protocol === 'auto') {
        this.#protocol = 'http2';
        return 'again';
      }
      if (result.error.code === 'updated_itself' && this.#failures === 0) {
        this.#failures += 1;
        return 'again';
      }
      return result.error;
    }
    this.#failures = 0;
    this.#portAttempts = 0;
    const { url } = result;
    const reachable: TunnelState = result;
    this.#become(reachable);
    if (this.url !== url) {
      const previousUrl = this.url;
      this.url = url;
      this.#options.emit({ kind: 'url', url, previousUrl });
    }
    this.#settleOpened.resolve(url);
    return watchConnector(connector, {
      limits,
      closing,
      onDegraded: () => this.#become({ kind: 'degraded', url }),
      onRecovered: () => this.#become(reachable),
    });
  }

  #nextDelay(error: TunnelError): number {
    const { limits } = this.#options;
    const [first, longest] =
      error.code === 'rate_limited'
        ? [limits.rateLimitDelayMs, limits.longestRateLimitDelayMs]
        : [limits.restartDelayMs, limits.longestRestartDelayMs];
    const delayMs = Math.min(longest, first * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return delayMs;
  }

  #become(state: TunnelState): void {
    this.state = state;
    this.#options.emit({ kind: 'state', state });
  }
}

function asTunnelError(error: unknown): TunnelError {
  if (error instanceof TunnelError) return error;
  return new TunnelError('exited', 'cloudflared could not be run. Try again.', { cause: error });
}
