import { MalformedBodyError } from '../../application/cbor.js';
import { decodeText } from '../../application/messages.js';
import type { EventHub } from '../event-hub.js';
import type { MessageStore } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import type { Acknowledgements } from './acknowledgements.js';
import { messageView } from './message-view.js';

/**
 * Takes TEXT: stored first, then told to the user and acknowledged over the session it came by (Spec
 * 8.8). Texts of one turn of the event loop share a transaction and one ACK.
 */
export class TextIntake {
  readonly #store: MessageStore;
  readonly #events: EventHub;
  readonly #now: () => number;
  readonly #ownId: string;
  readonly #acknowledgements: Acknowledgements;

  constructor(options: {
    store: MessageStore;
    events: EventHub;
    now: () => number;
    ownId: string;
    acknowledgements: Acknowledgements;
  }) {
    this.#store = options.store;
    this.#events = options.events;
    this.#now = options.now;
    this.#ownId = options.ownId;
    this.#acknowledgements = options.acknowledgements;
  }

  /** @throws MalformedBodyError */
  async take(session: Session, body: Uint8Array): Promise<void> {
    const text = decodeText(body);
    const { peerId } = session.channel;
    // Within a conversation an id names one message; only a conversation with oneself has each twice.
    const isOurs =
      session.contact !== this.#ownId &&
      this.#store.find({ contact: peerId, direction: 'out', id: text.id }) !== undefined;
    if (isOurs) throw new MalformedBodyError('a TEXT with the id of one of ours');
    const message = {
      ...text,
      contact: peerId,
      direction: 'in',
      receivedAt: this.#now(),
      state: 'delivered',
    } as const;
    const { inserted } = await this.#store.append(message);
    this.#acknowledgements.add(session, text.id);
    if (!inserted) return;
    this.#events.emit({
      method: 'message.received',
      params: { message: messageView(message, session.contact, this.#ownId) },
    });
    this.#events.emit({ method: 'contact.changed', params: { contact: session.contact } });
  }
}
