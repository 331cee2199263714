import type { ResultOf } from '../../api/methods.js';
import type { EventHub } from '../event-hub.js';
import type { ContactBook } from '../people/contact-book.js';
import type { Files } from '../ports/files.js';
import type { MessageStore, SearchStore, WriteConversation } from '../ports/store.js';
import type { TransferStore } from '../ports/transfer-store.js';
import type { AccountSettings } from '../settings.js';
import { messageId } from './message-id.js';

/** How many transfers are looked at together where a conversation's files are removed. */
const PAGE = 500;

/** Conversations as a whole: searched, exported, deleted. */
export class Archive {
  readonly #messages: MessageStore;
  readonly #transfers: TransferStore;
  readonly #search: SearchStore;
  readonly #write: WriteConversation;
  readonly #files: Files;
  readonly #contacts: ContactBook;
  readonly #settings: AccountSettings;
  readonly #events: EventHub;
  readonly #ownId: string;

  constructor(options: {
    store: { messages: MessageStore; transfers: TransferStore; search: SearchStore };
    write: WriteConversation;
    files: Files;
    contacts: ContactBook;
    settings: AccountSettings;
    events: EventHub;
    ownId: string;
  }) {
    this.#messages = options.store.messages;
    this.#transfers = options.store.transfers;
    this.#search = options.store.search;
    this.#write = options.write;
    this.#files = options.files;
    this.#contacts = options.contacts;
    this.#settings = options.settings;
    this.#events = options.events;
    this.#ownId = options.ownId;
  }

  async search(options: {
    query: string;
    contact?: string | undefined;
    limit: number;
    offset: number;
  }): Promise<ResultOf<'message.search'>> {
    const { query, limit, offset } = options;
    const contact =
      options.contact === undefined ? undefined : this.#contacts.resolve(options.contact).id;
    const { matches, total } = await this.#search.find({ query, contact, limit, offset });
    return {
      matches: matches.map(({ message, snippet }) => {
        const textId = this.#contacts.textId(message.contact);
        return {
          id: messageId(message, textId, this.#ownId),
          contact: textId,
          at: message.at,
          snippet: snippet.text,
          highlights: snippet.highlights.map(([start, end]) => [start, end]),
        };
      }),
      total,
    };
  }

  /** @throws MessengerError `no_such_contact`, `file_exists`, `disk_full`, `no_permission` */
  async export(options: {
    contact: string;
    format: 'json' | 'text' | 'html';
    path: string;
  }): Promise<void> {
    const { format, path } = options;
    const { id } = this.#contacts.resolve(options.contact);
    const ownName = this.#settings.current.profileName;
    await this.#write({ contact: id, format, path, ownName });
  }

  /** Deletes a conversation here, for good, and the files that came with it if that is wanted. */
  async delete(options: { contact: string; files: 'keep' | 'delete' }): Promise<void> {
    const { id } = this.#contacts.resolve(options.contact);
    if (options.files === 'delete') await this.#removeFiles(id);
    await this.#messages.deleteAll(id);
    this.#events.emit({
      method: 'contact.changed',
      params: { contact: this.#contacts.textId(id) },
    });
  }

  /** Only what was received: what was sent is the person's own file, where it always was. */
  async #removeFiles(contact: Uint8Array): Promise<void> {
    let before: number | undefined;
    for (;;) {
      const transfers = this.#transfers.list({ contact, before, limit: PAGE });
      if (transfers.length === 0) return;
      for (const { message } of transfers) {
        before = message.sequence;
        const { path, state } = message.file;
        const isReceived = message.direction === 'in' && state === 'done';
        if (isReceived && path !== undefined) await this.#files.remove(path);
      }
    }
  }
}
