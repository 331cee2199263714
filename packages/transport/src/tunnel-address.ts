// Spec 6: through a tunnel every guest's socket comes from this machine, and the tunnel says where the guest is.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Where the tunnel says that a request comes from; undefined if it does not say it as exactly one IP
 * address. Anybody can write such a header: it is to be believed only from a socket of the tunnel.
 */
export function tunnelAddress({ headers }: IncomingMessage): string | undefined {
  // A header that came twice is joined by a comma, and so is no address.
  const reported = headers['cf-connecting-ip'];
  if (typeof reported !== 'string' || reported.includes('%') || isIP(reported) === 0) {
    return undefined;
  }
  return reported;
}

/** Whether an address is this machine's own: behind a tunnel every guest comes from one. */
export function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./u.test(address) || address === '::1';
}
