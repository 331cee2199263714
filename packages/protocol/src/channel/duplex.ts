/**
 * What a channel runs over: a connection that carries whole binary messages, in order. `@gravy/transport`'s connections
 * are of this shape, and so is an in-memory pair.
 */
export interface Duplex {
  /**
   * Takes one message. Calls are sent in the order they were made, also while earlier promises are pending. The promise
   * resolves when there is room for more (back-pressure) and rejects if the connection has ended. The bytes belong to
   * the duplex from the call on.
   */
  send(bytes: Uint8Array): Promise<void>;
  /**
   * The received messages, iterated once; ends (or throws) with the connection. The receiver owns the bytes, and is done
   * with those of one message when it asks for the next: a duplex may use their memory again.
   */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Ends the connection in order, after what was sent. */
  close(): void;
  /** Cuts the connection at once. */
  terminate(): void;
  /** Settles when the connection has ended. */
  readonly closed: Promise<unknown>;
}
