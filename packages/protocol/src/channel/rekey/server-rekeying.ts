// The server answers rekeys, and asks for one that is late: Spec 4.1.
import {
  REKEY_REQUEST_AFTER_BYTES,
  REKEY_REQUEST_AFTER_MS,
  REKEY_REQUEST_AFTER_RECORDS,
} from '../../limits.js';
import type { ServerSession } from '../../record/server-session.js';
import { PROTOCOL_KIND } from '../../record/kind.js';
import { EpochWatch } from './epoch-watch.js';
import type { Rekeying, RekeyingOptions } from './rekeying.js';

const LIMITS = {
  ageMs: REKEY_REQUEST_AFTER_MS,
  records: REKEY_REQUEST_AFTER_RECORDS,
  bytes: REKEY_REQUEST_AFTER_BYTES,
} as const;

export class ServerRekeying implements Rekeying {
  readonly #session: ServerSession;
  readonly #send: RekeyingOptions['send'];
  readonly #epoch: EpochWatch;
  #isStopped = false;

  constructor(session: ServerSession, { send }: RekeyingOptions) {
    this.#session = session;
    this.#send = send;
    this.#epoch = new EpochWatch(session, LIMITS, () => this.#requestIfDue());
  }

  afterRecord(): void {
    if (this.#isStopped) return;
    if (this.#session.isRekeyOwed) {
      this.#send(PROTOCOL_KIND.rekey2, (timeMs) => this.#session.sealRekeyAnswer(timeMs));
    }
    this.#epoch.hasChanged();
    this.#requestIfDue();
  }

  stop(): void {
    this.#isStopped = true;
    this.#epoch.stop();
  }

  #requestIfDue(): void {
    if (!this.#session.mayRequestRekey || !this.#epoch.isDue()) return;
    this.#send(PROTOCOL_KIND.rekeyRequest, (timeMs) => this.#session.sealRekeyRequest(timeMs));
  }
}
