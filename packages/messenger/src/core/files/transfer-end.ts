/** Why a transfer comes to an end before its time, as the other side is told (FILE_CANCEL, Spec 8.5). */
export class TransferEnd extends Error {
  override readonly name = 'TransferEnd';
  /** Whose doing it is: of a broken rule of the peer, of this side's file, or of a person. */
  readonly kind: 'peer' | 'own';

  constructor(kind: 'peer' | 'own', reason: string, options: { cause?: unknown } = {}) {
    super(reason, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
  }
}
