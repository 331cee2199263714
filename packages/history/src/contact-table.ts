import { type ContactAddress, decodeAddresses, encodeAddresses } from './contact-address.js';
import type { ContactKeys } from './contact-keys.js';
import { ContactNames } from './contact-names.js';
import type { ContactRegister } from './contact-register.js';
import {
  CONTACT_COLUMNS,
  contactFromRow,
  type ContactRow,
  type ListedContact,
  nameKey,
  type NewContact,
  type StoredContact,
} from './contact-row.js';
import { noSuchContact } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import type { SearchIndex } from './search/search-index.js';
import { MESSAGE_QUERY, type MessageRow, messageFromRow } from './message-row.js';
import type { Database, Statement } from './sqlite.js';

/**
 * Contacts by id; a name belongs to one contact at a time. A removed contact is unlisted, and its
 * messages stay under its id: they can still be paged, and adding the same id again continues them.
 */
export class ContactTable {
  readonly #commits: GroupCommit;
  readonly #register: ContactRegister;
  readonly #names: ContactNames;
  readonly #keys: ContactKeys;
  readonly #index: SearchIndex;
  readonly #all: Statement<[], ContactRow>;
  readonly #unread: Statement<[number], { count: number }>;
  readonly #last: Statement<[number], MessageRow>;
  readonly #failUnfinished: Statement<[number], { id: Buffer }>;
  readonly #failTransfers: Statement<[number], never>;
  readonly #removedByNewId: Statement<[Uint8Array], { key: number }>;
  readonly #takeOver: readonly Statement<[number, number], never>[];
  readonly #forget: Statement<[number], never>;
  readonly #forgetIfSilent: readonly Statement<[number], never>[];
  readonly #set: Readonly<
    Record<
      'name' | 'removed' | 'id' | 'verified' | 'blocked' | 'addresses' | 'addressSequence',
      Statement<unknown[], never>
    >
  >;

  constructor(
    database: Database,
    parts: {
      commits: GroupCommit;
      register: ContactRegister;
      keys: ContactKeys;
      index: SearchIndex;
    },
  ) {
    this.#commits = parts.commits;
    this.#register = parts.register;
    this.#names = new ContactNames(parts.commits, parts.register);
    this.#keys = parts.keys;
    this.#index = parts.index;
    this.#all = database.prepare(
      `SELECT ${CONTACT_COLUMNS} FROM contacts WHERE name_key IS NOT NULL ORDER BY name_key`,
    );
    this.#unread = database.prepare(
      'SELECT count(*) AS count FROM messages WHERE contact = ? AND direction = 0 AND state = 2',
    );
    this.#last = database.prepare(
      `${MESSAGE_QUERY} WHERE contact = ? ORDER BY sequence DESC LIMIT 1`,
    );
    this.#failUnfinished = database.prepare(
      'UPDATE messages SET state = 4 WHERE contact = ? AND direction = 1 AND state < 2 RETURNING id',
    );
    this.#failTransfers = database.prepare(
      `UPDATE transfers SET file_state = 6, hash_state = NULL WHERE file_state < 3
         AND message IN (SELECT sequence FROM messages WHERE contact = ?)`,
    );
    this.#removedByNewId = database.prepare(
      'SELECT key FROM contacts WHERE id = ? AND name_key IS NULL',
    );
    this.#takeOver = [
      'UPDATE OR IGNORE messages SET contact = ? WHERE contact = ?',
      // Two identities may have used one message id. Both messages stay; nobody refers to the old one.
      'UPDATE messages SET contact = ?, id = randomblob(16) WHERE contact = ?',
      'UPDATE OR REPLACE deleted_messages SET contact = ? WHERE contact = ?',
    ].map((sql) => database.prepare(sql));
    this.#forget = database.prepare('DELETE FROM contacts WHERE key = ?');
    this.#forgetIfSilent = [
      database.prepare(`DELETE FROM deleted_messages WHERE contact = ? AND NOT EXISTS
        (SELECT 1 FROM messages WHERE messages.contact = deleted_messages.contact)`),
      database.prepare(`DELETE FROM contacts WHERE key = ? AND NOT EXISTS
        (SELECT 1 FROM messages WHERE contact = contacts.key)`),
    ];
    const set = (assignment: string): Statement<unknown[], never> =>
      database.prepare(`UPDATE contacts SET ${assignment} WHERE key = ?`);
    this.#set = {
      name: set('name = ?, name_key = ?, is_named = ?'),
      removed: set(
        `name = '', name_key = NULL, verified = 0, blocked = 0, addresses = '[]', address_sequence = 0`,
      ),
      id: set('id = ?, verified = 0, addresses = ?, address_sequence = 0'),
      verified: set('verified = ?'),
      blocked: set('blocked = ?'),
      addresses: set('addresses = ?'),
      addressSequence: set('address_sequence = ?'),
    };
  }

  /** The contact of this id (32 bytes); undefined if there is none. */
  get(id: Uint8Array): StoredContact | undefined {
    const row = this.#commits.read(() => this.#register.byId(id));
    return row === undefined ? undefined : contactFromRow(row);
  }

  /** One contact as `list` gives it. */
  getListed(id: Uint8Array): ListedContact | undefined {
    return this.#commits.read(() => {
      const row = this.#register.byId(id);
      return row === undefined ? undefined : this.#listed(row);
    });
  }

  /** The contact of this name, whatever its case; undefined if there is none. */
  findByName(name: string): StoredContact | undefined {
    return this.#names.find(name);
  }

  /** All contacts, by name. */
  list(): ListedContact[] {
    return this.#commits.read(() => this.#all.all().map((row) => this.#listed(row)));
  }

  /**
   * From here on the id is no stranger's: a request of it, or its being blocked as a stranger, is gone.
   * @throws HistoryError `contact_exists` with the `field` that is taken.
   */
  add(contact: NewContact): Promise<void> {
    return this.#commits.write(() => this.#register.add(contact));
  }

  /**
   * `isNamed` is false for a name that the contact suggested.
   * @throws HistoryError `no_such_contact`, `contact_exists`
   */
  rename(id: Uint8Array, name: string, isNamed = true): Promise<void> {
    return this.#change(id, ({ key }) => {
      this.#register.requireFreeName(name, key);
      this.#set.name.run(name, nameKey(name), Number(isNamed), key);
    });
  }

  /**
   * Takes the contact off the list; its messages stay. What was still on its way has failed,
   * files in both directions too: resolves with the ids of these messages. @throws HistoryError `no_such_contact`
   */
  remove(id: Uint8Array): Promise<readonly Uint8Array[]> {
    return this.#change(id, ({ key }) => {
      this.#set.removed.run(key);
      this.#failTransfers.run(key);
      const failed = this.#failUnfinished.all(key).map((row) => new Uint8Array(row.id));
      for (const statement of this.#forgetIfSilent) statement.run(key);
      this.#keys.forget();
      return failed;
    });
  }

  /**
   * Gives the contact another id: messages stay with it, verification is reset, and addresses that the
   * old identity announced are dropped. Messages of a removed contact that had the new id come along.
   * @throws HistoryError `no_such_contact`, `contact_exists`
   */
  replaceKey(id: Uint8Array, newId: Uint8Array): Promise<void> {
    return this.#change(id, ({ key, addresses }) => {
      this.#register.requireFreeId(newId);
      const removed = this.#removedByNewId.get(newId);
      if (removed !== undefined) {
        for (const statement of this.#takeOver) statement.run(key, removed.key);
        this.#index.mergeContact(removed.key, key);
        this.#forget.run(removed.key);
      }
      const own = decodeAddresses(addresses).filter(({ origin }) => origin === 'user');
      this.#set.id.run(newId, encodeAddresses(own), key);
      this.#keys.forget();
      this.#register.forgetStranger(newId);
    });
  }

  /** @throws HistoryError `no_such_contact` */
  setVerified(id: Uint8Array, verified: boolean): Promise<void> {
    return this.#change(id, ({ key }) => void this.#set.verified.run(Number(verified), key));
  }

  /** @throws HistoryError `no_such_contact` */
  setBlocked(id: Uint8Array, blocked: boolean): Promise<void> {
    return this.#change(id, ({ key }) => void this.#set.blocked.run(Number(blocked), key));
  }

  /**
   * All addresses, in the caller's order, and with them the number of the address record that they
   * came from, if they did. @throws HistoryError `no_such_contact`
   */
  setAddresses(
    id: Uint8Array,
    addresses: readonly ContactAddress[],
    addressSequence?: number,
  ): Promise<void> {
    return this.#change(id, ({ key }) => {
      this.#set.addresses.run(encodeAddresses(addresses), key);
      if (addressSequence !== undefined) this.#set.addressSequence.run(addressSequence, key);
    });
  }

  #listed(row: ContactRow): ListedContact {
    const last = this.#last.get(row.key);
    return {
      ...contactFromRow(row),
      unread: this.#unread.get(row.key)?.count ?? 0,
      lastMessage: last === undefined ? undefined : messageFromRow(last),
    };
  }

  #change<T>(id: Uint8Array, write: (row: ContactRow) => T): Promise<T> {
    return this.#commits.write(() => {
      const row = this.#register.byId(id);
      if (row === undefined) throw noSuchContact();
      this.#register.noteChange();
      return write(row);
    });
  }
}
