/** A record once opened. `timeMs` is the sender's clock: for display only, never for order or trust. */
export interface ReceivedRecord {
  readonly kind: number;
  /** Unix milliseconds by the sender's clock. */
  readonly timeMs: number;
  /** The receiver's to keep. There is nothing but this record in its buffer. */
  readonly body: Uint8Array;
}
