import { randomBytes } from 'node:crypto';
import { MAX_OPEN_INVITES } from '../core/hosting/invites.js';

const PSK_BYTES = 32;
const NOBODY = new Uint8Array(0);

interface OpenInvite {
  readonly key: Uint8Array;
  readonly psk: Uint8Array;
}

/**
 * The open invites as a handshake takes them: always as many, filled up with secrets that nobody has, as their number would show in
 * the time to its answer. They are erased as soon as the handshake is done with them, which is in this turn of the event loop.
 */
export function invitesForHandshake(open: readonly OpenInvite[]): readonly OpenInvite[] {
  const filling = new Uint8Array(randomBytes((MAX_OPEN_INVITES - open.length) * PSK_BYTES));
  const all = [...open];
  for (let start = 0; start < filling.length; start += PSK_BYTES) {
    all.push({ key: NOBODY, psk: filling.subarray(start, start + PSK_BYTES) });
  }
  queueMicrotask(() => {
    for (const { psk } of open) psk.fill(0);
  });
  return all;
}
