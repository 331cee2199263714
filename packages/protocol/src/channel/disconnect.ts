import { DISCONNECT_TIMEOUT_MS } from '../limits.js';
import type { Duplex } from './duplex.js';
import { waitFor } from './patience.js';

/** Ends the connection in order, or cuts it when that takes too long. Resolves either way. */
export async function disconnect(duplex: Duplex): Promise<void> {
  duplex.close();
  const ended = duplex.closed.catch(() => undefined);
  await waitFor(ended, { timeoutMs: DISCONNECT_TIMEOUT_MS }).catch(() => duplex.terminate());
}
