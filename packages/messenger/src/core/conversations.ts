import type { Message, MessageState } from '../api/schemas.js';
import { MAX_TEXT_BYTES } from '../application/messages.js';
import { MessengerError } from '../errors.js';
import type { ContactBook } from './contact-book.js';
import type { EventHub } from './event-hub.js';
import { messageKey, messageView } from './message-view.js';
import type { Outbox } from './outbox.js';
import type { MessageKey, MessageStore } from './ports.js';
import { idToText, newMessageId, noSuchMessage } from './text-ids.js';

/** Texts as their writer and reader deal with them: written, listed, read. */
export class Conversations {
  readonly #store: MessageStore;
  readonly #contacts: ContactBook;
  readonly #outbox: Outbox;
  readonly #events: EventHub;
  readonly #now: () => number;
  readonly #ownId: string;

  constructor(options: {
    store: MessageStore;
    contacts: ContactBook;
    outbox: Outbox;
    events: EventHub;
    now: () => number;
    ownId: string;
  }) {
    this.#store = options.store;
    this.#contacts = options.contacts;
    this.#outbox = options.outbox;
    this.#events = options.events;
    this.#now = options.now;
    this.#ownId = options.ownId;
  }

  /** Resolves once the text is stored; it is sent as soon as there is a session. */
  async send(options: {
    contact: string;
    text: string;
    replyTo?: string | undefined;
  }): Promise<{ id: string; at: number; state: MessageState }> {
    const contact = this.#contacts.resolve(options.contact);
    if (Buffer.byteLength(options.text) > MAX_TEXT_BYTES) {
      throw new MessengerError(
        'too_large',
        `A text may have at most ${MAX_TEXT_BYTES} bytes in UTF-8. Split it.`,
      );
    }
    const replyTo =
      options.replyTo === undefined ? undefined : this.#find(contact.id, options.replyTo).id;
    const id = newMessageId();
    const at = this.#now();
    // No await before this: texts are stored in the order in which they were given.
    await this.#store.append({
      id,
      contact: contact.id,
      direction: 'out',
      at,
      text: options.text,
      replyTo,
      state: 'queued',
    });
    const textId = this.#contacts.textId(contact.id);
    this.#outbox.wake(textId);
    this.#events.emit({ method: 'contact.changed', params: { contact: textId } });
    return { id: idToText(id), at, state: 'queued' };
  }

  history(options: { contact: string; before?: string | undefined; limit: number }): {
    messages: Message[];
    more: boolean;
  } {
    const contact = this.#contacts.resolve(options.contact);
    const before =
      options.before === undefined ? undefined : this.#find(contact.id, options.before);
    const page = this.#store.page({ contact: contact.id, before, limit: options.limit });
    const textId = this.#contacts.textId(contact.id);
    return {
      messages: page.messages.map((message) => messageView(message, textId, this.#ownId)),
      more: page.more,
    };
  }

  async markRead(options: { contact: string; upTo: string }): Promise<void> {
    const contact = this.#contacts.resolve(options.contact);
    const upTo = this.#find(contact.id, options.upTo);
    const changed = await this.#store.markRead(upTo, { report: false });
    if (changed.length === 0) return;
    const textId = this.#contacts.textId(contact.id);
    this.#events.emit({ method: 'contact.changed', params: { contact: textId } });
  }

  /** @throws MessengerError `no_such_message` */
  #find(contact: Uint8Array, text: string): MessageKey {
    const { id, directions } = messageKey(text);
    for (const direction of directions) {
      const key = { contact, direction, id };
      if (this.#store.find(key) !== undefined) return key;
    }
    throw noSuchMessage();
  }
}
