import { HistoryError } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import { type MessageRow, messageFromRow, type StoredMessage } from './message-row.js';
import type { Database, Statement } from './sqlite.js';

export interface StoredContact {
  /** 32 bytes. */
  readonly id: Uint8Array;
  readonly name: string;
  readonly verified: boolean;
  readonly blocked: boolean;
  readonly addresses: readonly string[];
  /** Unix milliseconds. */
  readonly addedAt: number;
}

export interface ListedContact extends StoredContact {
  /** Received messages that are not marked as read. */
  readonly unread: number;
  readonly lastMessage: StoredMessage | undefined;
}

interface ContactRow {
  readonly key: number;
  readonly id: Buffer;
  readonly name: string;
  readonly verified: number;
  readonly blocked: number;
  readonly addresses: string;
  readonly added_at: number;
}

const COLUMNS = 'key, id, name, verified, blocked, addresses, added_at';

/** Names that differ in case or composition only count as one. */
function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/**
 * Contacts by id; a name belongs to one contact at a time. A removed contact keeps its row, unlisted,
 * as long as its messages are there; adding the same id again brings the history back.
 */
export class ContactTable {
  readonly #commits: GroupCommit;
  readonly #byId: Statement<[Uint8Array], ContactRow>;
  readonly #byName: Statement<[string], ContactRow>;
  readonly #all: Statement<[], ContactRow>;
  readonly #unread: Statement<[number], { count: number }>;
  readonly #last: Statement<[number], MessageRow>;
  readonly #upsert: Statement<[Uint8Array, string, string, string, number], never>;
  readonly #removedByNewId: Statement<[Uint8Array], { key: number }>;
  readonly #moveMessages: Statement<[number, number], never>;
  readonly #forget: Statement<[number], never>;
  readonly #set: Readonly<
    Record<
      'name' | 'removed' | 'id' | 'verified' | 'blocked' | 'addresses',
      Statement<unknown[], never>
    >
  >;

  constructor(database: Database, commits: GroupCommit) {
    this.#commits = commits;
    const listed = `SELECT ${COLUMNS} FROM contacts WHERE name_key IS NOT NULL`;
    this.#byId = database.prepare(`${listed} AND id = ?`);
    this.#byName = database.prepare(`${listed} AND name_key = ?`);
    this.#all = database.prepare(`${listed} ORDER BY name_key`);
    this.#unread = database.prepare(
      'SELECT count(*) AS count FROM messages WHERE contact = ? AND direction = 0 AND state = 2',
    );
    this.#last = database.prepare(
      `SELECT messages.*, contacts.id AS contact_id FROM messages
       JOIN contacts ON contacts.key = messages.contact
       WHERE contact = ? ORDER BY sequence DESC LIMIT 1`,
    );
    this.#upsert = database.prepare(
      `INSERT INTO contacts (id, name, name_key, addresses, added_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
         verified = 0, blocked = 0, addresses = excluded.addresses, added_at = excluded.added_at`,
    );
    this.#removedByNewId = database.prepare(
      'SELECT key FROM contacts WHERE id = ? AND name_key IS NULL',
    );
    this.#moveMessages = database.prepare('UPDATE messages SET contact = ? WHERE contact = ?');
    this.#forget = database.prepare('DELETE FROM contacts WHERE key = ?');
    const set = (assignment: string): Statement<unknown[], never> =>
      database.prepare(`UPDATE contacts SET ${assignment} WHERE key = ?`);
    this.#set = {
      name: set('name = ?, name_key = ?'),
      removed: set('name_key = NULL, verified = 0, blocked = 0'),
      id: set('id = ?, verified = 0'),
      verified: set('verified = ?'),
      blocked: set('blocked = ?'),
      addresses: set('addresses = ?'),
    };
  }

  get(id: Uint8Array): StoredContact | undefined {
    const row = this.#byId.get(id);
    return row === undefined ? undefined : contactFromRow(row);
  }

  findByName(name: string): StoredContact | undefined {
    const row = this.#byName.get(nameKey(name));
    return row === undefined ? undefined : contactFromRow(row);
  }

  /** All contacts, by name. */
  list(): ListedContact[] {
    return this.#all.all().map((row) => {
      const last = this.#last.get(row.key);
      return {
        ...contactFromRow(row),
        unread: this.#unread.get(row.key)?.count ?? 0,
        lastMessage: last === undefined ? undefined : messageFromRow(last),
      };
    });
  }

  /** @throws HistoryError `contact_exists` with the `field` that is taken. */
  add(contact: {
    id: Uint8Array;
    name: string;
    addedAt: number;
    addresses?: readonly string[];
  }): Promise<void> {
    return this.#commits.write(() => {
      if (this.#byId.get(contact.id) !== undefined) throw taken('id');
      this.#requireFreeName(contact.name);
      const addresses = JSON.stringify(contact.addresses ?? []);
      this.#upsert.run(contact.id, contact.name, nameKey(contact.name), addresses, contact.addedAt);
    });
  }

  /** @throws HistoryError `no_such_contact`, `contact_exists` */
  rename(id: Uint8Array, name: string): Promise<void> {
    return this.#change(id, (key) => {
      this.#requireFreeName(name, key);
      this.#set.name.run(name, nameKey(name), key);
    });
  }

  /** Takes the contact off the list; its messages stay. @throws HistoryError `no_such_contact` */
  remove(id: Uint8Array): Promise<void> {
    return this.#change(id, (key) => this.#set.removed.run(key));
  }

  /**
   * Gives the contact another id: messages stay with it, verification is reset. Messages of a removed
   * contact that had the new id come along. @throws HistoryError `no_such_contact`, `contact_exists`
   */
  replaceKey(id: Uint8Array, newId: Uint8Array): Promise<void> {
    return this.#change(id, (key) => {
      if (this.#byId.get(newId) !== undefined) throw taken('id');
      const removed = this.#removedByNewId.get(newId);
      if (removed !== undefined) {
        this.#moveMessages.run(key, removed.key);
        this.#forget.run(removed.key);
      }
      this.#set.id.run(newId, key);
    });
  }

  setVerified(id: Uint8Array, verified: boolean): Promise<void> {
    return this.#change(id, (key) => this.#set.verified.run(Number(verified), key));
  }

  setBlocked(id: Uint8Array, blocked: boolean): Promise<void> {
    return this.#change(id, (key) => this.#set.blocked.run(Number(blocked), key));
  }

  setAddresses(id: Uint8Array, addresses: readonly string[]): Promise<void> {
    return this.#change(id, (key) => this.#set.addresses.run(JSON.stringify(addresses), key));
  }

  #change(id: Uint8Array, write: (key: number) => unknown): Promise<void> {
    return this.#commits.write(() => {
      const row = this.#byId.get(id);
      if (row === undefined) {
        throw new HistoryError('no_such_contact', 'This contact is not in the list.');
      }
      write(row.key);
    });
  }

  #requireFreeName(name: string, ownKey?: number): void {
    const row = this.#byName.get(nameKey(name));
    if (row !== undefined && row.key !== ownKey) throw taken('name');
  }
}

function taken(field: 'id' | 'name'): HistoryError {
  return new HistoryError(
    'contact_exists',
    field === 'id'
      ? 'A contact with this key exists already.'
      : 'A contact of that name exists already. Choose another name.',
    { field },
  );
}

function contactFromRow(row: ContactRow): StoredContact {
  return {
    id: new Uint8Array(row.id),
    name: row.name,
    verified: row.verified === 1,
    blocked: row.blocked === 1,
    addresses: JSON.parse(row.addresses) as string[],
    addedAt: row.added_at,
  };
}
