// What records about files do: Spec 8.5.
import {
  decodeFileAccept,
  decodeFileCancel,
  decodeFileCredit,
  decodeFileDone,
  decodeFileEnd,
} from '../../application/file-bodies.js';
import { decodeChunk } from '../../application/file-chunk.js';
import {
  KIND_FILE_ACCEPT,
  KIND_FILE_CANCEL,
  KIND_FILE_CHUNK,
  KIND_FILE_CREDIT,
  KIND_FILE_DONE,
  KIND_FILE_END,
  KIND_FILE_OFFER,
} from '../../application/kinds.js';
import type { RecordHandler } from '../delivery/record-intake.js';
import type { Clock } from '../ports/clock.js';
import type { Files } from '../ports/files.js';
import type { MessageKey } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import { cancelFile } from './answers.js';
import type { OfferIntake } from './offer-intake.js';
import { Receiving } from './receiving.js';
import { Sending } from './sending.js';
import { hasEnded, type TransferLedger } from './transfer-ledger.js';
import { TransferLocks } from './transfer-locks.js';

/** The files that go on at this moment, in both directions. */
export class Transfers {
  readonly receiving: Receiving;
  readonly sending: Sending;
  readonly #ledger: TransferLedger;
  readonly #locks: TransferLocks;
  readonly #newest: (contact: Uint8Array) => Session | undefined;

  constructor(options: {
    ledger: TransferLedger;
    files: Files;
    clock: Clock;
    /** By which session a contact is told what none has asked for. */
    newest: (contact: Uint8Array) => Session | undefined;
    isOpen: (session: Session) => boolean;
  }) {
    const { ledger, files, clock, newest, isOpen } = options;
    const locks = new TransferLocks();
    this.#ledger = ledger;
    this.#newest = newest;
    this.#locks = locks;
    this.receiving = new Receiving({ ledger, files, locks, newest, isOpen });
    this.sending = new Sending({ ledger, files, clock, isOpen });
  }

  /** Up to the first await of each, records are dealt with in the order in which they came. */
  handlers(offers: OfferIntake): readonly (readonly [kind: number, RecordHandler])[] {
    const { receiving, sending } = this;
    return [
      [KIND_FILE_OFFER, (session, body) => offers.take(session, body)],
      [
        KIND_FILE_ACCEPT,
        async (session, body) => {
          const from = decodeFileAccept(body);
          await sending.send(keyOf(session, 'out', from.id), session, from);
        },
      ],
      [
        KIND_FILE_CHUNK,
        async (session, body) => {
          const chunk = decodeChunk(body);
          receiving.over(session, keyOf(session, 'in', chunk.id))?.take(chunk);
        },
      ],
      [
        KIND_FILE_CREDIT,
        async (session, body) => {
          const { id, offset } = decodeFileCredit(body);
          sending.over(session, keyOf(session, 'out', id))?.grant(offset);
        },
      ],
      [
        KIND_FILE_END,
        async (session, body) => {
          const { id, sha256 } = decodeFileEnd(body);
          receiving.over(session, keyOf(session, 'in', id))?.end(sha256);
        },
      ],
      [KIND_FILE_DONE, (session, body) => this.#arrived(session, decodeFileDone(body))],
      [
        KIND_FILE_CANCEL,
        async (session, body) => {
          const { id, reason } = decodeFileCancel(body);
          await this.#cancelled(session, id, reason);
        },
      ],
    ];
  }

  /** The person ends it. @throws MessengerError `transfer_over` */
  async end(key: MessageKey, state: 'declined' | 'cancelled'): Promise<void> {
    const reason = state === 'declined' ? 'It was declined.' : 'It was cancelled.';
    const session = await this.#locks.run(key, async () => {
      this.#ledger.require(key);
      const own = this.receiving.sessionOf(key) ?? this.sending.sessionOf(key);
      await this.#stop(key);
      this.#ledger.require(key); // it may have arrived while it was being stopped
      await this.#ledger.finish(key, state, reason);
      return own ?? this.#newest(key.contact);
    });
    if (session !== undefined) await cancelFile(session, key.id, reason);
  }

  /** Spec 6: what starts something goes by the newest session. */
  async begin(session: Session): Promise<void> {
    await this.sending.offerAgain(session);
    await this.receiving.resume(session);
  }

  /** What goes on, or what goes on over this session, waits for the next one. Never rejects. */
  async suspend(session?: Session): Promise<void> {
    try {
      await this.sending.suspend(session);
      await this.receiving.suspend(session);
    } catch {
      // The store is closed or has failed: what is under way is found as it was left.
    }
  }

  /** Only what was accepted and sent to its end can have arrived. */
  async #arrived(session: Session, id: Uint8Array): Promise<void> {
    const key = keyOf(session, 'out', id);
    const state = this.#ledger.get(key)?.message.file.state;
    if (state !== 'transferring' && state !== 'paused') return;
    this.sending.stop(key);
    await this.#ledger.complete(key);
  }

  /** Either side may end it; the id alone does not say whose file it is. */
  async #cancelled(session: Session, id: Uint8Array, reason: string): Promise<void> {
    for (const direction of ['out', 'in'] as const) {
      const key = keyOf(session, direction, id);
      const state = this.#ledger.get(key)?.message.file.state;
      if (state === undefined || hasEnded(state)) continue;
      const isDeclined = direction === 'out' && state === 'offered';
      await this.#locks.run(key, async () => {
        await this.#stop(key);
        await this.#ledger.finish(key, isDeclined ? 'declined' : 'cancelled', reason);
      });
    }
  }

  async #stop(key: MessageKey): Promise<void> {
    this.sending.stop(key);
    await this.receiving.stop(key);
  }
}

function keyOf({ channel }: Session, direction: 'in' | 'out', id: Uint8Array): MessageKey {
  return { contact: channel.peerId, direction, id };
}
