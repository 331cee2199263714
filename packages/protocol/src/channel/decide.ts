// Holding a proven peer while it is decided whether it is welcome: Spec 2.7.
import { ProtocolError } from '../errors.js';
import type { PeerProven } from '../handshake/peer-proven.js';
import { AUTHORIZE_TIMEOUT_MS } from '../limits.js';
import type { MessageReader } from './message-reader.js';
import { waitFor } from './patience.js';

/** A client that has proven its id. */
export interface ProvenPeer<Invite = never> {
  /** 32 bytes. */
  readonly id: Uint8Array;
  /** The `key` of the open invite it came with. */
  readonly invite: Invite | undefined;
  /** Aborted when the peer is gone, or the time is up, before there is an answer. */
  readonly signal: AbortSignal;
}

/** Whether a proven peer is welcome. */
export type Authorize<Invite> = (peer: ProvenPeer<Invite>) => boolean | Promise<boolean>;

interface Decision<Invite> {
  readonly proven: PeerProven<Invite>;
  readonly authorize: Authorize<Invite>;
  readonly reader: MessageReader;
  readonly signal: AbortSignal | undefined;
  readonly ended: () => Error;
}

/** Resolves if the peer is welcome. Throws `not_accepted`, `timeout`, `aborted`, what `ended` makes, or what `authorize` throws. */
export async function decide<Invite>(decision: Decision<Invite>): Promise<void> {
  const { proven, authorize, reader, signal, ended } = decision;
  const gone = new AbortController();
  const { peerId: id, invite } = proven;
  // Any message or the end of the connection is the same here: the peer may not say anything yet.
  const interrupted = reader.peek().then(() => {
    throw ended();
  });
  const answer = (async () => authorize({ id, invite, signal: gone.signal }))();
  try {
    const isWelcome = await waitFor(Promise.race([interrupted, answer]), {
      timeoutMs: AUTHORIZE_TIMEOUT_MS,
      signal,
    });
    if (!isWelcome) throw new ProtocolError('not_accepted', 'This peer is not welcome here.');
  } catch (error) {
    gone.abort();
    throw error;
  }
}
