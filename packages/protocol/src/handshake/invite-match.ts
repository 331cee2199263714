// Finding the invite a client came with: Spec 2.2.
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { equalConstantTime, viewOf, wipe } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { MAX_OPEN_INVITES } from '../limits.js';
import { hintsFor, type Hello } from './hello.js';
import { copyPsk, zeroPsk } from './psk.js';

/** An invite that may be used: `key` is the caller's own name for it, of any type. */
export interface OpenInvite<Invite> {
  readonly key: Invite;
  /** 32 bytes, not all zero; copied where it is needed. */
  readonly psk: Uint8Array;
}

export interface InviteMatch<Invite> {
  readonly invite: Invite | undefined;
  /** A copy of the matching psk, or zeros: the handshake goes on either way. */
  readonly psk: Uint8Array;
}

/**
 * Compares with every invite, whichever matches, and takes the psk without branching. How many there are shows in the time it
 * takes. Throws `misuse` beyond 32 invites.
 */
export function matchInvite<Invite>(
  backend: CryptoBackend,
  hello: Hello,
  invites: readonly OpenInvite<Invite>[],
): InviteMatch<Invite> {
  if (invites.length > MAX_OPEN_INVITES) {
    throw new ProtocolError('misuse', `At most ${MAX_OPEN_INVITES} invites can be open.`);
  }
  const psk = zeroPsk();
  const view = viewOf(psk);
  const hintFor = hintsFor(backend, hello);
  let matched = -1;
  for (const [index, invite] of invites.entries()) {
    const candidate = copyPsk(invite.psk);
    const isMatch = Number(equalConstantTime(hintFor(candidate), hello.hint));
    matched += isMatch * (index - matched);
    for (const [at, byte] of candidate.entries()) {
      view.setUint8(at, view.getUint8(at) | (-isMatch & byte));
    }
    wipe(candidate);
  }
  return { invite: invites[matched]?.key, psk };
}
