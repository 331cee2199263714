import type { Message, MessageState } from '../../api/schemas.js';
import { MAX_TEXT_BYTES } from '../../application/messages.js';
import { MessengerError } from '../../errors.js';
import type { EventHub } from '../event-hub.js';
import type { LiveProgress } from '../files/live-progress.js';
import type { ContactBook } from '../people/contact-book.js';
import type { MessageKey, MessageStore } from '../ports/store.js';
import { messageKey } from './message-id.js';
import { messageView } from './message-view.js';
import type { Outbox } from './outbox.js';
import { idToText, newMessageId, noSuchMessage } from './text-ids.js';

/** Of text in one page of history: it has to fit the memory of a page, and the limits of a connection. */
const MAX_PAGE_BYTES = 64 * MAX_TEXT_BYTES;

/** Texts as their writer and reader deal with them: written, listed, read. */
export class Conversations {
  readonly #store: MessageStore;
  readonly #progress: LiveProgress;
  readonly #contacts: ContactBook;
  readonly #outbox: Outbox;
  readonly #events: EventHub;
  readonly #now: () => number;
  readonly #ownId: string;

  constructor(options: {
    store: MessageStore;
    /** Of files that are under way. */
    progress: LiveProgress;
    contacts: ContactBook;
    outbox: Outbox;
    events: EventHub;
    now: () => number;
    ownId: string;
  }) {
    this.#store = options.store;
    this.#progress = options.progress;
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
    const textId = this.#contacts.textId(contact.id);
    await this.#outbox.add(textId, id, () =>
      this.#store.append({
        id,
        contact: contact.id,
        direction: 'out',
        at,
        text: options.text,
        replyTo,
        state: 'queued',
      }),
    );
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
    const shown = newestOf(page.messages);
    return {
      messages: shown.map((message) =>
        messageView(this.#progress.over(message), textId, this.#ownId),
      ),
      more: page.more || shown.length < page.messages.length,
    };
  }

  /** Resolves with the contact; with `report` what was read waits to be told to it. */
  async markRead(options: { contact: string; upTo: string; report: boolean }): Promise<string> {
    const contact = this.#contacts.resolve(options.contact);
    const { report } = options;
    const read = await this.#store.markRead(this.#find(contact.id, options.upTo), { report });
    const textId = this.#contacts.textId(contact.id);
    if (read.length > 0) {
      this.#events.emit({ method: 'contact.changed', params: { contact: textId } });
    }
    return textId;
  }

  /**
   * Takes back a text that waits to be sent. One that was being sent when the program was killed may
   * have arrived all the same. @throws MessengerError `no_such_message`, `already_sent` */
  async cancel(textId: string): Promise<void> {
    const key = this.#locate(textId).find(({ direction }) => direction === 'out');
    if (key === undefined) throw noSuchMessage();
    const contact = this.#contacts.textId(key.contact);
    const isQueued = this.#store.find(key)?.state === 'queued';
    const store = (): Promise<unknown> =>
      this.#store.setState({ contact: key.contact, ids: [key.id], state: 'cancelled' });
    if (!isQueued || !(await this.#outbox.takeBack(contact, key.id, store))) {
      throw new MessengerError(
        'already_sent',
        'This message does not wait any more: it is on its way, has arrived, or was cancelled.',
      );
    }
    this.#events.emit({
      method: 'message.state',
      params: { id: idToText(key.id), contact, state: 'cancelled' },
    });
  }

  /** Deletes a message here; the other side keeps its own. @throws MessengerError `no_such_message`, `ambiguous_message` */
  async delete(options: { id: string; contact?: string | undefined }): Promise<void> {
    const within =
      options.contact === undefined ? undefined : this.#contacts.resolve(options.contact).id;
    const keys = this.#locate(options.id).filter(
      ({ contact }) => within === undefined || Buffer.compare(contact, within) === 0,
    );
    const [key, ...others] = keys;
    if (key === undefined) throw noSuchMessage();
    if (others.some(({ contact }) => Buffer.compare(contact, key.contact) !== 0)) {
      throw new MessengerError(
        'ambiguous_message',
        'Several contacts have used this id. Say whose message it is, too (contact).',
      );
    }
    const contact = this.#contacts.textId(key.contact);
    const store = (): Promise<unknown> => this.#store.delete(key);
    const isTakenBack =
      key.direction === 'out' && (await this.#outbox.takeBack(contact, key.id, store));
    if (!isTakenBack) await store();
    this.#events.emit({ method: 'contact.changed', params: { contact } });
  }

  /** Where the message behind an id of the API stands; in a conversation with oneself the id says which copy. */
  #locate(text: string): MessageKey[] {
    const { id, directions } = messageKey(text);
    const found = this.#store.locate(id).filter(({ direction }) => directions.includes(direction));
    return found.toSorted(
      (left, right) => directions.indexOf(left.direction) - directions.indexOf(right.direction),
    );
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

/** As many of the newest as one answer should carry, and one at least: a contact may write long texts. */
function newestOf<M extends { readonly text: string }>(messages: readonly M[]): readonly M[] {
  let bytes = 0;
  const first = messages.findLastIndex(({ text }) => {
    bytes += Buffer.byteLength(text);
    return bytes > MAX_PAGE_BYTES;
  });
  return messages.slice(Math.min(first + 1, messages.length - 1));
}
