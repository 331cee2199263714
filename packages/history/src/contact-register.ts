import { encodeAddresses } from './contact-address.js';
import { CONTACT_COLUMNS, type ContactRow, nameKey, type NewContact } from './contact-row.js';
import { HistoryError } from './errors.js';
import type { Database, Statement } from './sqlite.js';

/**
 * Who is a contact, under which id and which name: the part of it that several tables write. Calls
 * belong inside a write of `GroupCommit`.
 */
export class ContactRegister {
  readonly #byId: Statement<[Uint8Array], ContactRow>;
  readonly #byName: Statement<[string], ContactRow>;
  readonly #upsert: Statement<[Uint8Array, string, string, number, string, number], never>;
  readonly #strangerTables: readonly Statement<[Uint8Array], never>[];
  #changes = 0;

  constructor(database: Database) {
    const listed = `SELECT ${CONTACT_COLUMNS} FROM contacts WHERE name_key IS NOT NULL`;
    this.#byId = database.prepare(`${listed} AND id = ?`);
    this.#byName = database.prepare(`${listed} AND name_key = ?`);
    this.#upsert = database.prepare(
      `INSERT INTO contacts (id, name, name_key, is_named, addresses, added_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
         is_named = excluded.is_named, verified = 0, blocked = 0, addresses = excluded.addresses,
         address_sequence = 0, added_at = excluded.added_at`,
    );
    this.#strangerTables = [
      database.prepare('DELETE FROM requests WHERE id = ?'),
      database.prepare('DELETE FROM blocked_strangers WHERE id = ?'),
    ];
  }

  /** How often something about a contact was written, as far as this register was told. */
  get changes(): number {
    return this.#changes;
  }

  /** To be called in every write that changes something about a contact that is listed. */
  noteChange(): void {
    this.#changes += 1;
  }

  byId(id: Uint8Array): ContactRow | undefined {
    return this.#byId.get(id);
  }

  byName(name: string): ContactRow | undefined {
    return this.#byName.get(nameKey(name));
  }

  /** @throws HistoryError `contact_exists` with the `field` that is taken. */
  add(contact: NewContact): void {
    this.noteChange();
    this.requireFreeId(contact.id);
    this.requireFreeName(contact.name);
    this.#upsert.run(
      contact.id,
      contact.name,
      nameKey(contact.name),
      Number(contact.isNamed ?? true),
      encodeAddresses(contact.addresses ?? []),
      contact.addedAt,
    );
    this.forgetStranger(contact.id);
  }

  /** The name itself, or with the first number from 2 on that makes it free. */
  freeNameLike(name: string): string {
    let candidate = name;
    for (let number = 2; this.byName(candidate) !== undefined; number += 1) {
      candidate = `${name} (${number})`;
    }
    return candidate;
  }

  requireFreeId(id: Uint8Array): void {
    if (this.#byId.get(id) !== undefined) throw taken('id');
  }

  requireFreeName(name: string, ownKey?: number): void {
    const row = this.byName(name);
    if (row !== undefined && row.key !== ownKey) throw taken('name');
  }

  /** A contact is no stranger: whatever was kept about one under this id goes. */
  forgetStranger(id: Uint8Array): void {
    for (const table of this.#strangerTables) table.run(id);
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
