import { eraseAll, type Erasable } from '../erasable.js';
import { ProtocolError } from '../errors.js';

/**
 * The life of one handshake step: fresh, then spent. What the step holds is erased when it is spent, whether its
 * transition succeeded or not; what the next step needs is handed on by copy.
 */
export class SingleUse {
  #isSpent = false;
  readonly #secrets: Erasable[];

  constructor(...secrets: readonly Erasable[]) {
    this.#secrets = [...secrets];
  }

  /** Makes `secret` end with this step. */
  hold<T extends Erasable>(secret: T): T {
    this.#secrets.push(secret);
    return secret;
  }

  /** Runs the one transition. Throws `misuse` the second time. */
  spend<T>(transition: () => T): T {
    if (this.#isSpent) {
      throw new ProtocolError('misuse', 'This step was used already.');
    }
    this.#isSpent = true;
    try {
      return transition();
    } finally {
      this.erase();
    }
  }

  /** Gives the step up: afterwards it counts as used. */
  erase(): void {
    this.#isSpent = true;
    eraseAll(this.#secrets);
    this.#secrets.length = 0;
  }
}
