import type { CloseCode } from '../record/close-code.js';
import type { ReceivedRecord } from '../record/received-record.js';
import type { Role } from '../record/role.js';
import type { ChannelEnd } from './channel-end.js';

/** An authenticated connection with one peer. `Invite` is the type of the token given with each open invite. */
export interface Channel<Invite = never> {
  readonly role: Role;
  /** The peer's long-term id, 32 bytes, proven by the handshake. */
  readonly peerId: Uint8Array;
  /** On the server: the token of the invite the client came with. */
  readonly invite: Invite | undefined;
  /**
   * Sends a record of kind 32 to 255. Resolves once the connection has taken it and has room for more; that says nothing about
   * arrival. The body is read before the promise resolves and stays the caller's; leave it unchanged until then.
   * Rejects with `misuse` (kind, size, or no Uint8Array) or `session_over`.
   */
  send(kind: number, body: Uint8Array): Promise<void>;
  /** Received application records, iterated once; ends when the channel does and never throws. Not reading holds the peer back. */
  readonly records: AsyncIterable<ReceivedRecord>;
  /**
   * Ends the channel with this code (default: normal): records not yet taken by the connection are not sent, what still
   * arrives is delivered. Resolves with `closed`. Later calls change nothing.
   */
  close(code?: CloseCode): Promise<ChannelEnd>;
  /** Cuts the connection without an answer, for a record of an unknown kind 32 to 127 (Spec 3.5). Ends as `protocol_error`. */
  reject(): Promise<ChannelEnd>;
  /** Resolves once the channel and its connection have ended; never rejects. */
  readonly closed: Promise<ChannelEnd>;
}
