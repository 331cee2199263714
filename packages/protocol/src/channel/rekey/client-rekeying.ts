// The client starts the rekeys: Spec 4.1.
import {
  REKEY_AFTER_BYTES,
  REKEY_AFTER_MS,
  REKEY_AFTER_RECORDS,
  REKEY_TIMEOUT_MS,
} from '../../limits.js';
import type { ClientSession } from '../../record/client-session.js';
import { PROTOCOL_KIND } from '../../record/kind.js';
import { EpochWatch } from './epoch-watch.js';
import type { Rekeying, RekeyingOptions } from './rekeying.js';

const LIMITS = {
  ageMs: REKEY_AFTER_MS,
  records: REKEY_AFTER_RECORDS,
  bytes: REKEY_AFTER_BYTES,
} as const;

export class ClientRekeying implements Rekeying {
  readonly #session: ClientSession;
  readonly #options: RekeyingOptions;
  readonly #epoch: EpochWatch;
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(session: ClientSession, options: RekeyingOptions) {
    this.#session = session;
    this.#options = options;
    this.#epoch = new EpochWatch(session, LIMITS, () => this.#startIfDue());
  }

  afterRecord(kind: number): void {
    if (this.#isStopped) return;
    if (this.#epoch.hasChanged()) clearTimeout(this.#answerTimer);
    if (kind === PROTOCOL_KIND.rekeyRequest) this.#start();
    else this.#startIfDue();
  }

  stop(): void {
    this.#isStopped = true;
    this.#epoch.stop();
    clearTimeout(this.#answerTimer);
  }

  #startIfDue(): void {
    if (this.#epoch.isDue()) this.#start();
  }

  /** Does nothing while one is under way. */
  #start(): void {
    if (this.#session.isRekeyOutstanding) return;
    this.#answerTimer = setTimeout(this.#options.onTimeout, REKEY_TIMEOUT_MS);
    this.#options.send(PROTOCOL_KIND.rekey1, (timeMs) => this.#session.sealRekeyStart(timeMs));
  }
}
