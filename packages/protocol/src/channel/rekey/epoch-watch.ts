// When an epoch has done enough: Spec 4.1.
import type { EpochUsage } from '../../record/epoch-usage.js';
import type { Session } from '../../record/session.js';

export interface EpochLimits {
  readonly ageMs: number;
  readonly records: number;
  readonly bytes: number;
}

/** Follows the epochs of a session, and tells when the current one is due to end. */
export class EpochWatch {
  readonly #session: Session;
  readonly #limits: EpochLimits;
  readonly #onAged: () => void;
  #epoch: number;
  #isAged = false;
  #timer: ReturnType<typeof setTimeout>;

  /** `onAged`: the epoch has lasted `ageMs`; whether it is due depends on what it carried. */
  constructor(session: Session, limits: EpochLimits, onAged: () => void) {
    this.#session = session;
    this.#limits = limits;
    this.#onAged = onAged;
    this.#epoch = session.epoch;
    this.#timer = this.#startTimer();
  }

  /** Whether the epoch is another one than at the last call. */
  hasChanged(): boolean {
    const { epoch } = this.#session;
    if (epoch === this.#epoch) return false;
    this.#epoch = epoch;
    this.#isAged = false;
    this.stop();
    this.#timer = this.#startTimer();
    return true;
  }

  isDue(): boolean {
    const { records, bytes, hasApplicationRecord }: EpochUsage = this.#session.epochUsage;
    return (
      records >= this.#limits.records ||
      bytes >= this.#limits.bytes ||
      (this.#isAged && hasApplicationRecord)
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #startTimer(): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#isAged = true;
      this.#onAged();
    }, this.#limits.ageMs);
  }
}
