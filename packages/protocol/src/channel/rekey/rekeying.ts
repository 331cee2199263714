/** Our part in the rekeys of a channel: Spec 4.1. */
export interface Rekeying {
  /** To be called after each record, in either direction. */
  afterRecord(kind: number): void;
  /** For good: our CLOSE has gone out, or the channel is over. */
  stop(): void;
}

export interface RekeyingOptions {
  /** Seals a protocol record and sends it before everything that waits. */
  readonly send: (kind: number, seal: (timeMs: number) => Uint8Array) => void;
  /** REKEY2 has not come in time. */
  readonly onTimeout: () => void;
}
