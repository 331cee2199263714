import { DISCONNECT_TIMEOUT_MS } from '../limits.js';
import type { Duplex } from './duplex.js';

/** Ends the connection in order, or cuts it when that takes too long. Resolves either way. */
export async function disconnect(duplex: Duplex): Promise<void> {
  duplex.close();
  const { promise: tooLong, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    duplex.terminate();
    resolve();
  }, DISCONNECT_TIMEOUT_MS);
  await Promise.race([duplex.closed.catch(() => undefined), tooLong]);
  clearTimeout(timer);
}
