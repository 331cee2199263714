import { KIND_TEXT } from '../../application/kinds.js';
import { encodeText } from '../../application/messages.js';
import type { EventHub } from '../event-hub.js';
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

  constructor(options: { store: MessageStore; events: EventHub }) {
    this.#store = options.store;
    this.#events = options.events;
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
      handedOver: undefined,
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
   * Sees to it that a text of the store is not sent, if it has not been handed to the session yet;
   * whether that is so. The store says whether it was sent earlier.
   */
  takeBack(contact: string, id: Uint8Array): boolean {
    const run = this.#runs.get(contact);
    if (run === undefined) return true;
    const key = idToText(id);
    if (run.handedOver === key) return false;
    if (run.isSending) run.takenBack.add(key);
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
          if (this.#runs.get(contact) !== run) return;
          run.after = message.sequence;
          const key = idToText(message.id);
          if (run.takenBack.delete(key)) continue;
          run.handedOver = key;
          await run.session.channel.send(KIND_TEXT, encodeText(message));
          if (message.state === 'queued') void this.#markSent(contact, message);
        }
      }
    } catch {
      // The session has ended, or the store has failed and ends it: the next session begins again.
    } finally {
      run.isSending = false;
      run.handedOver = undefined;
      run.takenBack.clear();
    }
  }

  async #markSent(contact: string, message: StoredMessage): Promise<void> {
    const ids = [message.id];
    try {
      const changed = await this.#store.setState({ contact: message.contact, ids, state: 'sent' });
      if (changed.length === 0) return; // acknowledged meanwhile
      this.#events.emit({
        method: 'message.state',
        params: { id: idToText(message.id), contact, state: 'sent' },
      });
    } catch {
      // Still queued in the store: it will be sent again, and the receiver drops the repeat.
    }
  }
}

interface Run {
  readonly session: Session;
  /** Sequence of the last message sent over this session. */
  after: number | undefined;
  isSending: boolean;
  /** The text that the session was given last, by its id as text: the store may not know of it yet. */
  handedOver: string | undefined;
  /** Texts that were read from the store to be sent, and taken back since. */
  readonly takenBack: Set<string>;
}
