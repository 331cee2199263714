import { encodeFileOffer } from '../../application/file-bodies.js';
import { KIND_FILE_OFFER, KIND_TEXT } from '../../application/kinds.js';
import { encodeText } from '../../application/messages.js';
import type { EventHub } from '../event-hub.js';
import { hasEnded } from '../files/transfer-ledger.js';
import { offerOf } from '../files/offer.js';
import type { MessageStore, StoredMessage } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import { idToText } from './text-ids.js';

const BATCH = 100;

/**
 * Sends what the store holds unfinished for a contact, oldest first, over the newest session with
 * it. Spec 8.8: each session begins again with everything that was not acknowledged; the receiver
 * drops repeats. The store is the queue: nothing waits in memory alone.
 */
export class Outbox {
  readonly #store: MessageStore;
  readonly #events: EventHub;
  readonly #runs = new Map<string, Run>();
  /** Texts whose transaction is open: reads of the store give them already. */
  readonly #storing = new Set<string>();
  /** Messages that a session was given and that are not marked as sent, also of sessions that are not the newest any more. */
  readonly #handedOver = new Set<Handed>();
  /** By contact: settles when what was taken back last is stored as that, and so all before it. */
  readonly #takingBack = new Map<string, Promise<void>>();
  /** Sent and not marked yet, by contact. */
  readonly #sent = new Map<string, Handed[]>();

  constructor(options: { store: MessageStore; events: EventHub }) {
    this.#store = options.store;
    this.#events = options.events;
  }

  /**
   * Resolves once `store` has stored the message; it is sent as soon as there is a session, and never
   * before it is stored (Spec 8.8).
   */
  async add(contact: string, id: Uint8Array, store: () => Promise<unknown>): Promise<void> {
    const key = idToText(id);
    this.#storing.add(key);
    try {
      // No await before this: messages are stored in the order in which they were given.
      await store();
    } finally {
      this.#storing.delete(key);
    }
    this.wake(contact);
  }

  /** The contact's newest session is another one now, or there is none. */
  useSession(contact: string, session: Session | undefined): void {
    if (this.#runs.get(contact)?.session === session) return;
    if (session === undefined) {
      this.#runs.delete(contact);
      return;
    }
    this.#runs.set(contact, {
      session,
      after: undefined,
      isSending: false,
      takenBack: new Set(),
    });
    this.wake(contact);
  }

  /** Something new is in the store for this contact. */
  wake(contact: string): void {
    const run = this.#runs.get(contact);
    if (run !== undefined && !run.isSending) void this.#send(contact, run);
  }

  /**
   * Sees to it that a text of the store is not sent, if it has not been handed to a session yet; whether that is so. `store`
   * stores that; nothing is sent meanwhile, or after a kill the text would come later than those written after it. The store says
   * whether it was sent earlier.
   */
  async takeBack(contact: string, id: Uint8Array, store: () => Promise<unknown>): Promise<boolean> {
    const key = idToText(id);
    for (const handed of this.#handedOver) if (handed.key === key) return false;
    // No await up to the store's write: nothing is sent in between.
    const run = this.#runs.get(contact);
    if (run?.isSending === true) run.takenBack.add(key);
    const stored = store();
    const earlier = this.#takingBack.get(contact);
    const ownSettled = stored.catch(() => run?.takenBack.delete(key));
    const settled: Promise<void> = Promise.all([earlier, ownSettled]).then(() => {
      if (this.#takingBack.get(contact) === settled) this.#takingBack.delete(contact);
    });
    this.#takingBack.set(contact, settled);
    await settled;
    await stored;
    return true;
  }

  async #send(contact: string, run: Run): Promise<void> {
    run.isSending = true;
    try {
      const peerId = run.session.channel.peerId;
      for (;;) {
        const batch = this.#store.unfinished(peerId, { after: run.after, limit: BATCH });
        if (batch.length === 0) break;
        for (const message of batch) {
          const key = idToText(message.id);
          if (this.#takingBack.has(contact)) await this.#allTakenBack(contact);
          if (this.#runs.get(contact) !== run || this.#storing.has(key)) return;
          run.after = message.sequence;
          if (isOver(message)) continue;
          if (!run.takenBack.delete(key)) await this.#handOver(contact, run, { key, message });
        }
      }
    } catch {
      // The session has ended, or the store has failed and ends it: the next session begins again.
    } finally {
      run.isSending = false;
      run.takenBack.clear();
    }
  }

  async #allTakenBack(contact: string): Promise<void> {
    for (;;) {
      const takingBack = this.#takingBack.get(contact);
      if (takingBack === undefined) return;
      await takingBack;
    }
  }

  async #handOver(contact: string, { session }: Run, handed: Handed): Promise<void> {
    this.#handedOver.add(handed);
    try {
      await sendMessage(session, handed.message);
    } finally {
      // It may have arrived although the session ended before it had taken it: it cannot be taken back.
      if (handed.message.state === 'queued') this.#sentSoFar(contact, handed);
      else this.#handedOver.delete(handed);
    }
  }

  /** Marks together all that was sent in one turn of the event loop: in a burst, one by one costs as much as sending. */
  #sentSoFar(contact: string, handed: Handed): void {
    const waiting = this.#sent.get(contact);
    if (waiting !== undefined) {
      waiting.push(handed);
      return;
    }
    this.#sent.set(contact, [handed]);
    setImmediate(() => this.markSentSoFar(contact));
  }

  /** Before something later is stored of what a contact was sent, such as that it arrived: it was sent before that. */
  markSentSoFar(contact: string): void {
    const sent = this.#sent.get(contact) ?? [];
    this.#sent.delete(contact);
    void this.#markSent(contact, sent);
    for (const each of sent) this.#handedOver.delete(each);
  }

  async #markSent(contact: string, sent: readonly Handed[]): Promise<void> {
    const [first] = sent;
    if (first === undefined) return;
    const places = sent.map(({ message }) => message.sequence);
    try {
      // Without those that were acknowledged meanwhile.
      for (const id of await this.#store.markSent(first.message.contact, places)) {
        this.#events.emit({
          method: 'message.state',
          params: { id: idToText(id), contact, state: 'sent' },
        });
      }
    } catch {
      // Still queued in the store: it will be sent again, and the receiver drops the repeat.
    }
  }
}

/** A message that a session was given. */
interface Handed {
  readonly key: string;
  readonly message: StoredMessage & { readonly sequence: number };
}

/** A file that was refused before its offer was acknowledged is not offered again. */
function isOver({ file }: StoredMessage): boolean {
  return file !== undefined && hasEnded(file.state);
}

/** A text, or the offer of a file. */
async function sendMessage({ channel }: Session, message: StoredMessage): Promise<void> {
  const { file } = message;
  if (file === undefined) await channel.send(KIND_TEXT, encodeText(message));
  else await channel.send(KIND_FILE_OFFER, encodeFileOffer(offerOf({ ...message, file })));
}

interface Run {
  readonly session: Session;
  /** Sequence of the last message sent over this session. */
  after: number | undefined;
  isSending: boolean;
  /** Texts that were read from the store to be sent, and taken back since. */
  readonly takenBack: Set<string>;
}
