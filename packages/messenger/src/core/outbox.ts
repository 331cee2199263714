import { encodeText, KIND_TEXT } from '../application/messages.js';
import type { EventHub } from './event-hub.js';
import type { MessageStore, StoredMessage } from './ports.js';
import type { Session } from './session-registry.js';
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
    this.#runs.set(contact, { session, after: undefined, isSending: false });
    this.wake(contact);
  }

  /** Something new is in the store for this contact. */
  wake(contact: string): void {
    const run = this.#runs.get(contact);
    if (run !== undefined && !run.isSending) void this.#send(contact, run);
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
          await run.session.channel.send(KIND_TEXT, encodeText(message));
          run.after = message.sequence;
          if (message.state === 'queued') void this.#markSent(contact, message);
        }
      }
    } catch {
      // The session has ended, or the store has failed and ends it: the next session begins again.
    } finally {
      run.isSending = false;
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
}
