// ACK records, both ways: Spec 8.4.
import { KIND_ACK } from '../../application/kinds.js';
import { decodeAck, encodeAck, MAX_ACK_IDS } from '../../application/messages.js';
import type { EventHub } from '../event-hub.js';
import type { MessageStore } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import type { AccountSettings } from '../settings.js';
import { idToText } from './text-ids.js';

/** Takes what contacts say of our texts, and tells them what we have read of theirs, if both allow it. */
export class Receipts {
  readonly #store: MessageStore;
  readonly #events: EventHub;
  readonly #settings: AccountSettings;

  constructor(options: { store: MessageStore; events: EventHub; settings: AccountSettings }) {
    this.#store = options.store;
    this.#events = options.events;
    this.#settings = options.settings;
  }

  /**
   * Who does not say what they have read does not see it of others: "read" means "delivered" then.
   * @throws MalformedBodyError
   */
  async take(session: Session, body: Uint8Array): Promise<void> {
    const { ids, state: told } = decodeAck(body);
    const state = this.#settings.current.readReceipts ? told : 'delivered';
    const changed = await this.#store.setState({ contact: session.channel.peerId, ids, state });
    for (const id of changed) {
      this.#events.emit({
        method: 'message.state',
        params: { id: idToText(id), contact: session.contact, state },
      });
    }
  }

  /** Tells the contact what has been read and not been told yet. Never rejects. */
  async report(session: Session | undefined): Promise<void> {
    if (session === undefined || !this.#settings.current.readReceipts) return;
    const { channel } = session;
    try {
      for (;;) {
        const ids = this.#store.unreported(channel.peerId, MAX_ACK_IDS);
        if (ids.length === 0) return;
        await channel.send(KIND_ACK, encodeAck({ ids, state: 'read' }));
        await this.#store.markReported(channel.peerId, ids);
      }
    } catch {
      // The session has ended: what was not told waits for the next one.
    }
  }
}
