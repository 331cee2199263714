// Files as people deal with them: offered, accepted, declined, cancelled, listed.
import type { FileInfo } from '../../api/schemas.js';
import { MessengerError } from '../../errors.js';
import { messageKey } from '../delivery/message-id.js';
import type { Outbox } from '../delivery/outbox.js';
import { idToText, newMessageId } from '../delivery/text-ids.js';
import type { EventHub } from '../event-hub.js';
import type { ContactBook } from '../people/contact-book.js';
import type { Files } from '../ports/files.js';
import type { MessageKey, MessageStore } from '../ports/store.js';
import type { StoredTransfer, TransferStore } from '../ports/transfer-store.js';
import { fileView } from './file-view.js';
import type { LiveProgress } from './live-progress.js';
import type { Transfers } from './transfers.js';

/** A transfer as the API names it. */
export interface FileReference {
  readonly id: string;
  readonly contact?: string | undefined;
}

export class FileDesk {
  readonly #store: TransferStore;
  readonly #progress: LiveProgress;
  readonly #messages: MessageStore;
  readonly #contacts: ContactBook;
  readonly #outbox: Outbox;
  readonly #files: Files;
  readonly #transfers: Transfers;
  readonly #events: EventHub;
  readonly #now: () => number;
  readonly #ownId: string;
  readonly #temporaryPath: (directory: string | undefined) => string;

  constructor(options: {
    store: TransferStore;
    progress: LiveProgress;
    messages: MessageStore;
    contacts: ContactBook;
    outbox: Outbox;
    files: Files;
    transfers: Transfers;
    events: EventHub;
    now: () => number;
    ownId: string;
    /** Where a file is put together; without a directory in the account's own. */
    temporaryPath: (directory: string | undefined) => string;
  }) {
    this.#store = options.store;
    this.#progress = options.progress;
    this.#messages = options.messages;
    this.#contacts = options.contacts;
    this.#outbox = options.outbox;
    this.#files = options.files;
    this.#transfers = options.transfers;
    this.#events = options.events;
    this.#now = options.now;
    this.#ownId = options.ownId;
    this.#temporaryPath = options.temporaryPath;
  }

  /** Resolves once the offer is stored. @throws MessengerError `no_such_file`, `no_permission` */
  async send(options: {
    contact: string;
    path: string;
  }): Promise<{ id: string; name: string; size: number }> {
    const contact = this.#contacts.resolve(options.contact);
    const { path, name, size, modifiedAt, isFolder } = await this.#files.look(options.path);
    const id = newMessageId();
    const textId = this.#contacts.textId(contact.id);
    await this.#outbox.add(textId, id, () =>
      this.#store.add({
        id,
        contact: contact.id,
        direction: 'out',
        at: this.#now(),
        text: name,
        state: 'queued',
        file: { size, isFolder, path, modifiedAt },
      }),
    );
    this.#events.emit({ method: 'contact.changed', params: { contact: textId } });
    return { id: idToText(id), name, size };
  }

  /** @throws MessengerError `no_such_file`, `transfer_over` */
  async accept(options: FileReference & { directory?: string | undefined }): Promise<void> {
    const { directory } = options;
    if (directory !== undefined && !this.#files.isWholePath(directory)) {
      throw new MessengerError(
        'no_such_file',
        'Give the whole path of the folder, from the root on.',
      );
    }
    const place = this.#temporaryPath(directory);
    await this.#transfers.receiving.accept(this.#find(options, 'in'), place, Boolean(directory));
  }

  /** @throws MessengerError `no_such_file`, `transfer_over` */
  async decline(reference: FileReference): Promise<void> {
    await this.#transfers.end(this.#find(reference, 'in'), 'declined');
  }

  /** @throws MessengerError `no_such_file`, `transfer_over` */
  async cancel(reference: FileReference): Promise<void> {
    const key = this.#find(reference, undefined);
    if (key.direction === 'out') {
      const isQueued = this.#messages.find(key)?.state === 'queued';
      const store = (): Promise<unknown> =>
        this.#messages.setState({ contact: key.contact, ids: [key.id], state: 'cancelled' });
      if (isQueued) {
        await this.#outbox.takeBack(this.#contacts.textId(key.contact), key.id, store);
      }
    }
    await this.#transfers.end(key, 'cancelled');
  }

  /** Whether the message of this id is a file. */
  isFile(reference: FileReference): boolean {
    return this.#transfersOf(reference).length > 0;
  }

  /** Ends all that goes on with a contact, because nothing will be known of it any more. */
  async abandonAll(contact: string): Promise<void> {
    await this.abandon(this.#contacts.resolve(contact).id);
  }

  /** The same for one who is no contact any more. */
  async abandon(contact: Uint8Array): Promise<void> {
    for (const { message } of this.#store.unfinished(contact)) {
      // One that ends by itself meanwhile is none that goes on.
      await this.#transfers.end(message, 'cancelled').catch(() => undefined);
    }
  }

  /** Those with an id, or the newest. @throws MessengerError `no_such_contact`, `no_such_message` if the id is none */
  list(options: {
    id?: string | undefined;
    contact?: string | undefined;
    limit: number;
  }): FileInfo[] {
    const { id, limit } = options;
    const contact =
      options.contact === undefined ? undefined : this.#contacts.resolve(options.contact).id;
    const found =
      id === undefined
        ? this.#store.list({ contact, limit })
        : this.#transfersOf({ id, contact: options.contact });
    return found.map(({ message }) =>
      fileView(this.#progress.over(message), this.#contacts.textId(message.contact), this.#ownId),
    );
  }

  #find(reference: FileReference, direction: 'in' | 'out' | undefined): MessageKey {
    const [transfer, other] = this.#transfersOf(reference).filter(
      ({ message }) => direction === undefined || message.direction === direction,
    );
    if (transfer === undefined) {
      throw new MessengerError(
        'no_such_file',
        'No file has that id. file.list shows those that were offered.',
      );
    }
    if (other !== undefined && reference.contact === undefined) {
      throw new MessengerError(
        'ambiguous_message',
        'Several contacts have used this id. Say whose file it is, too (contact).',
      );
    }
    return transfer.message;
  }

  #transfersOf({ id: text, contact }: FileReference): StoredTransfer[] {
    const { id, directions } = messageKey(text);
    const within = contact === undefined ? undefined : this.#contacts.resolve(contact).id;
    return this.#messages
      .locate(id)
      .filter((key) => directions.includes(key.direction))
      .filter((key) => within === undefined || Buffer.compare(key.contact, within) === 0)
      .map((key) => this.#store.get(key))
      .filter((transfer): transfer is StoredTransfer => transfer !== undefined);
  }
}
