// Waiting with an end to it.
import { ProtocolError } from '../errors.js';

interface Limits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The caller has given up. */
export function abortedBy(signal: AbortSignal): ProtocolError {
  return new ProtocolError('aborted', 'The attempt was called off.', { cause: signal.reason });
}

/** Settles as `work` does, or rejects with `timeout` or `aborted`, whichever comes first. `work` itself is not ended. */
export async function waitFor<T>(work: Promise<T>, { timeoutMs, signal }: Limits): Promise<T> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new ProtocolError('timeout', 'The peer did not answer. Try again.'));
  }, timeoutMs);
  const onAbort = (): void => {
    if (signal?.aborted) reject(abortedBy(signal));
  };
  onAbort();
  signal?.addEventListener('abort', onAbort);
  try {
    // Also after an abort before: what `work` rejects with when its connection is cut must not be unhandled.
    return await Promise.race([givenUp, work]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
