import { TunnelError, type TunnelErrorCode } from './errors.js';
import type { OutputFailure } from './output-line.js';

/** How a process ended: by itself with a code, by a signal, or not at all because it could not be started. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It could not be started. */
  readonly cause?: unknown;
}

/** What went wrong, out of how the process ended and the last failure that it printed. */
export function describeExit(
  exit: ProcessExit,
  printed: OutputFailure | undefined,
  retryAfterMs: number,
): TunnelError {
  if (exit.cause !== undefined && isPassing(exit.cause)) {
    return new TunnelError(
      'exited',
      'cloudflared could not be started: this machine has no processes, memory or open files left at the moment. End some programs, and try again.',
      { cause: exit.cause },
    );
  }
  if (exit.cause !== undefined) {
    return new TunnelError(
      'cloudflared_unusable',
      'cloudflared could not be started. Check that the file may be executed and is made for this machine, or install it again.',
      { cause: exit.cause },
    );
  }
  if (exit.code === 10 || exit.code === 11) {
    return new TunnelError(
      'updated_itself',
      'cloudflared replaced itself with a newer version and ended. Try again.',
    );
  }
  if (exit.code === 255 && printed === undefined) {
    return new TunnelError(
      'cloudflared_unusable',
      'This cloudflared does not know the options it was given: it is too old, or something else. Install a current one.',
    );
  }
  if (printed !== undefined && printed !== 'metrics-port-taken') {
    return describePrinted(printed, retryAfterMs);
  }
  const how = exit.signal === null ? `with code ${exit.code}` : `by ${exit.signal}`;
  return new TunnelError(
    'exited',
    `cloudflared ended by itself (${how}). Try again; if it happens every time, run it by hand to see what it says.`,
  );
}

/** The machine's troubles, and not the file's. */
function isPassing(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    ['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'ETXTBSY', 'EBUSY'].includes(String(cause.code))
  );
}

export function describePrinted(
  printed: Exclude<OutputFailure, 'metrics-port-taken'>,
  retryAfterMs: number,
): TunnelError {
  if (printed !== 'rate-limited') return new TunnelError(...PRINTED[printed]);
  const minutes = Math.max(1, Math.round(retryAfterMs / 60_000));
  return new TunnelError(
    'rate_limited',
    `Cloudflare gives no more quick tunnels to this address for now (429). Wait at least ${minutes} min before the next attempt; trying at once makes the wait longer.`,
    { retryAfterMs },
  );
}

const PRINTED: Readonly<
  Record<
    Exclude<OutputFailure, 'metrics-port-taken' | 'rate-limited'>,
    readonly [TunnelErrorCode, string]
  >
> = {
  'api-unreachable': [
    'api_unreachable',
    'The service that gives quick tunnels (api.trycloudflare.com) cannot be reached. Check that you are online and that no firewall, proxy or resolver blocks it; otherwise use a named tunnel or the local network.',
  ],
  'service-down': [
    'service_down',
    'The service for quick tunnels answers but gives none: it is disturbed at the moment. Wait some minutes, or use a named tunnel.',
  ],
  'edge-unreachable': [
    'edge_unreachable',
    "No connection to Cloudflare's edge, neither by QUIC (UDP) nor by HTTP/2 (TCP): a firewall stops port 7844. Allow it, or use another network.",
  ],
  'token-refused': [
    'token_unusable',
    'Cloudflare refuses the token of this named tunnel. Copy it again from the dashboard into the token file, whole and without anything else.',
  ],
};

/** Failures that no new process mends. A first start is never repeated for others either; a tunnel that was up is. */
const FINAL: ReadonlySet<TunnelErrorCode> = new Set([
  'cloudflared_missing',
  'cloudflared_unusable',
  'token_unusable',
  'watchdog_failed',
  'misuse',
]);

export function isWorthRestarting(error: TunnelError): boolean {
  return !FINAL.has(error.code);
}
