/** A connection that carries whole binary messages, in order, both ways. */
export interface Connection {
  /**
   * Takes one message; calls are sent in their order. Resolves when there is room for more. The bytes
   * belong to the connection from the call on: large ones are empty to their former owner. Rejects with `connection_lost` once it has ended, or
   * when the peer takes nothing for 60 s, which ends it.
   */
  send(bytes: Uint8Array): Promise<void>;
  /** Bytes that `send` was given and the operating system has not taken yet. */
  readonly bufferedAmount: number;
  /**
   * What the peer sends, to be iterated once; the reader owns the bytes. Not reading holds the peer
   * back. Ends when the connection does, however that was, and never throws.
   */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Ends the connection in order, after what was sent; cut after 2 s if the peer does not answer. */
  close(): void;
  /** Cuts the connection at once, without a word to the peer. */
  terminate(): void;
  /** Resolves when the connection has ended; `clean` after a WebSocket close 1000. Never rejects. */
  readonly closed: Promise<{ readonly clean: boolean }>;
  /** The other end's address as the socket, or the tunnel before it, reports it; it proves nothing. */
  readonly remoteAddress: string;
}

/**
 * How far a guest has come, in the eyes of whoever runs the handshake:
 *
 *     (accepted) -> plausible -> authenticated
 *                        `-----> held --------^
 */
export type AdmissionLevel =
  /** Its first message shows that it knows whom it is calling. */
  | 'plausible'
  /** Somebody is asked about it: it does not count as unauthenticated meanwhile. */
  | 'held'
  | 'authenticated';

/**
 * A connection that came in. Until it is raised to `authenticated` it may be dropped in favour of a newer
 * one, and is cut when it sends more than a handshake takes.
 */
export interface ServerConnection extends Connection {
  /** What it counts with under the limit per address: an IPv4 address, or an IPv6 /64. Undefined without such a limit. */
  readonly limitGroup: string | undefined;
  /** Whether its socket is the tunnel's, on a listener behind one: then the guest may be anywhere. */
  readonly isOfTunnel: boolean;
  /** Says how far the connection has come. */
  raise(level: AdmissionLevel): void;
}
