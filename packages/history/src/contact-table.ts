import {
  CONTACT_COLUMNS,
  contactFromRow,
  type ContactRow,
  type ListedContact,
  nameKey,
  type NewContact,
  type StoredContact,
} from './contact-row.js';
import { HistoryError, noSuchContact } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import { MESSAGE_QUERY, type MessageRow, messageFromRow } from './message-row.js';
import type { Database, Statement } from './sqlite.js';

/**
 * Contacts by id; a name belongs to one contact at a time. A removed contact is unlisted, and its
 * messages stay under its id: they can still be paged, and adding the same id again continues them.
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
  readonly #moveRepeats: Statement<[number, number], never>;
  readonly #forget: Statement<[number], never>;
  readonly #set: Readonly<
    Record<
      'name' | 'removed' | 'id' | 'verified' | 'blocked' | 'addresses',
      Statement<unknown[], never>
    >
  >;

  constructor(database: Database, commits: GroupCommit) {
    this.#commits = commits;
    const listed = `SELECT ${CONTACT_COLUMNS} FROM contacts WHERE name_key IS NOT NULL`;
    this.#byId = database.prepare(`${listed} AND id = ?`);
    this.#byName = database.prepare(`${listed} AND name_key = ?`);
    this.#all = database.prepare(`${listed} ORDER BY name_key`);
    this.#unread = database.prepare(
      'SELECT count(*) AS count FROM messages WHERE contact = ? AND direction = 0 AND state = 2',
    );
    this.#last = database.prepare(
      `${MESSAGE_QUERY} WHERE contact = ? ORDER BY sequence DESC LIMIT 1`,
    );
    this.#upsert = database.prepare(
      `INSERT INTO contacts (id, name, name_key, addresses, added_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
         verified = 0, blocked = 0, addresses = excluded.addresses, added_at = excluded.added_at`,
    );
    this.#removedByNewId = database.prepare(
      'SELECT key FROM contacts WHERE id = ? AND name_key IS NULL',
    );
    this.#moveMessages = database.prepare(
      'UPDATE OR IGNORE messages SET contact = ? WHERE contact = ?',
    );
    // Two identities may have used one message id. Both messages stay; nobody refers to the old one.
    this.#moveRepeats = database.prepare(
      'UPDATE messages SET contact = ?, id = randomblob(16) WHERE contact = ?',
    );
    this.#forget = database.prepare('DELETE FROM contacts WHERE key = ?');
    const set = (assignment: string): Statement<unknown[], never> =>
      database.prepare(`UPDATE contacts SET ${assignment} WHERE key = ?`);
    this.#set = {
      name: set('name = ?, name_key = ?'),
      removed: set(`name_key = NULL, verified = 0, blocked = 0, addresses = '[]'`),
      id: set('id = ?, verified = 0'),
      verified: set('verified = ?'),
      blocked: set('blocked = ?'),
      addresses: set('addresses = ?'),
    };
  }

  get(id: Uint8Array): StoredContact | undefined {
    const row = this.#commits.read(() => this.#byId.get(id));
    return row === undefined ? undefined : contactFromRow(row);
  }

  findByName(name: string): StoredContact | undefined {
    const row = this.#commits.read(() => this.#byName.get(nameKey(name)));
    return row === undefined ? undefined : contactFromRow(row);
  }

  /** All contacts, by name. */
  list(): ListedContact[] {
    return this.#commits.read(() => this.#all.all().map((row) => this.#listed(row)));
  }

  /** @throws HistoryError `contact_exists` with the `field` that is taken. */
  add(contact: NewContact): Promise<void> {
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
        this.#moveRepeats.run(key, removed.key);
        this.#forget.run(removed.key);
      }
      this.#set.id.run(newId, key);
    });
  }

  /** @throws HistoryError `no_such_contact` */
  setVerified(id: Uint8Array, verified: boolean): Promise<void> {
    return this.#change(id, (key) => this.#set.verified.run(Number(verified), key));
  }

  /** @throws HistoryError `no_such_contact` */
  setBlocked(id: Uint8Array, blocked: boolean): Promise<void> {
    return this.#change(id, (key) => this.#set.blocked.run(Number(blocked), key));
  }

  /** In the caller's order. @throws HistoryError `no_such_contact` */
  setAddresses(id: Uint8Array, addresses: readonly string[]): Promise<void> {
    return this.#change(id, (key) => this.#set.addresses.run(JSON.stringify(addresses), key));
  }

  #listed(row: ContactRow): ListedContact {
    const last = this.#last.get(row.key);
    return {
      ...contactFromRow(row),
      unread: this.#unread.get(row.key)?.count ?? 0,
      lastMessage: last === undefined ? undefined : messageFromRow(last),
    };
  }

  #change(id: Uint8Array, write: (key: number) => unknown): Promise<void> {
    return this.#commits.write(() => {
      const row = this.#byId.get(id);
      if (row === undefined) throw noSuchContact();
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
