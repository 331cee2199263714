import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { nameKey } from './contact-row.js';
import { type ReadableTable, readNumbered, readUnnumbered } from './damaged-rows.js';
import { connect, requireKey } from './encrypted-file.js';
import { HistoryError, historyErrorFrom } from './errors.js';
import { migrate, schemaVersion } from './migrations.js';
import { pagesOf } from './page-check.js';
import { ensurePrivateFile } from './private-file.js';
import { patchedCopy } from './patched-copy.js';
import { MIGRATIONS } from './schema.js';
import type { Database, Statement } from './sqlite.js';
import { moveIntoPlace } from './store-copy.js';

/** What is the matter with a file, and what of it still reads. */
export interface HistoryReport {
  /** How many pages of 4,096 bytes the file has. */
  readonly pages: number;
  /** Which of them are not what was written, by number from 1 on. */
  readonly damagedPages: readonly number[];
  /** What reads of each table: none if the first page is damaged behind its first 24 bytes. */
  readonly tables: readonly Readonly<ReadableTable>[];
}

/** Tables by how their rows are found, those first that others refer to. The search index is made anew. */
const NUMBERED = ['contacts', 'messages', 'transfers', 'invites', 'requests'];
const UNNUMBERED = ['deleted_messages', 'blocked_strangers', 'settings'];

type Row = Readonly<Record<string, unknown>>;
type TakeRow = (table: string, row: Row) => void;

/** Gets the version of the schema, and then every row. */
interface Reader {
  readonly begin?: (version: number) => void;
  readonly take?: TakeRow;
}

/**
 * Reads a store that is damaged, or may be, from beginning to end, without changing it: its file and
 * its journal are copied first, encrypted as they are, into the system's folder for temporary files.
 * @throws HistoryError `wrong_key`, `not_a_store`, `store_too_new`, `disk_full`, `io_error`, `no_permission`
 */
export function examineHistory(options: { path: string; key: Uint8Array }): HistoryReport {
  return readAll({ ...options, beside: tmpdir() }, {});
}

/**
 * Makes a new store at `into` out of what still reads of a damaged one, which stays as it is. Messages
 * of a contact that was lost belong to one called "Recovered" and a number, whose id is made up: giving
 * it the right one is `replaceKey`. @throws HistoryError as `examineHistory`; `store_exists`;
 * `store_damaged` if nothing reads
 */
export function salvageHistory(options: {
  path: string;
  key: Uint8Array;
  into: string;
}): HistoryReport {
  const into = resolve(options.into);
  const partial = `${into}.partial`;
  if (existsSync(into)) {
    throw new HistoryError('store_exists', 'There is a file already. Choose another path.');
  }
  let target: Target | undefined;
  let database: Database | undefined;
  try {
    rmSync(partial, { force: true });
    ensurePrivateFile(partial);
    const created = connect(partial, options.key, {});
    database = created;
    const report = readAll(
      { ...options, beside: dirname(into) },
      {
        begin: (version) => {
          target = new Target(created, version);
        },
        take: (table, row) => target?.take(table, row),
      },
    );
    if (target === undefined) {
      throw new HistoryError('store_damaged', 'Nothing of this history reads. Restore a backup.');
    }
    target.finish();
    moveIntoPlace(partial, into);
    return report;
  } catch (error) {
    database?.close();
    rmSync(partial, { force: true });
    throw historyErrorFrom(error);
  }
}

function readAll(
  options: { path: string; key: Uint8Array; beside: string },
  { begin, take }: Reader,
): HistoryReport {
  requireKey(options.key);
  const folder = mkdtempSync(join(options.beside, 'gravy-examine-'));
  let database: Database | undefined;
  try {
    const path = patchedCopy(resolve(options.path), folder, options.key);
    let pages = 0;
    const damagedPages: number[] = [];
    for (const [number, plaintext] of pagesOf(resolve(options.path), options.key)) {
      pages = number;
      if (plaintext === undefined) damagedPages.push(number);
    }
    if (damagedPages.includes(1)) return { pages, damagedPages, tables: [] };
    database = connect(path, options.key, {});
    const version = schemaVersion(database);
    begin?.(version);
    const tables = readTables(database, (table, row) => take?.(table, row));
    return { pages, damagedPages, tables };
  } catch (error) {
    throw historyErrorFrom(error);
  } finally {
    database?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readTables(database: Database, take: TakeRow): ReadableTable[] {
  const named = database.prepare<[string], { found: number }>(
    `SELECT 1 AS found FROM sqlite_schema WHERE type = 'table' AND name = ?`,
  );
  const isThere = (name: string): boolean => named.get(name) !== undefined;
  const tables: ReadableTable[] = [];
  for (const [names, read] of [
    [NUMBERED, readNumbered],
    [UNNUMBERED, readUnnumbered],
  ] as const) {
    for (const name of names.filter(isThere)) {
      const table: ReadableTable = { name, rows: 0, isComplete: true };
      for (const row of read(database, table)) take(name, row);
      tables.push(table);
    }
  }
  return tables;
}

/** The new store, at first with the schema of the damaged one. */
class Target {
  readonly #database: Database;
  readonly #inserts = new Map<string, Statement<unknown[], never>>();

  constructor(database: Database, version: number) {
    this.#database = database;
    database.pragma('foreign_keys = OFF');
    migrate(database, undefined, MIGRATIONS.slice(0, version));
    database.exec('BEGIN');
  }

  take(table: string, row: Row): void {
    const columns = Object.keys(row);
    let insert = this.#inserts.get(table);
    if (insert === undefined) {
      const places = columns.map(() => '?').join(', ');
      insert = this.#database.prepare(
        `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
      );
      this.#inserts.set(table, insert);
    }
    insert.run(...Object.values(row));
  }

  finish(): void {
    const orphans = this.#database.prepare<[], { contact: number }>(
      `SELECT contact FROM messages WHERE contact NOT IN (SELECT key FROM contacts) GROUP BY contact`,
    );
    for (const { contact } of orphans.all()) this.#makeUp(contact);
    this.#database.exec('COMMIT');
    migrate(this.#database);
    this.#database.exec(`
      DELETE FROM transfers WHERE message NOT IN (SELECT sequence FROM messages);
      DELETE FROM deleted_messages WHERE contact NOT IN (SELECT key FROM contacts);
    `);
    this.#database.close();
  }

  /** A contact for messages whose own was lost. The name is free: one that people chose may look like it. */
  #makeUp(key: number): void {
    const insert = this.#database.prepare<[number, string, string], never>(
      `INSERT OR IGNORE INTO contacts (key, id, name, name_key, added_at)
       VALUES (?, randomblob(32), ?, ?, 0)`,
    );
    let name = `Recovered ${key}`;
    for (let number = 2; insert.run(key, name, nameKey(name)).changes === 0; number += 1) {
      name = `Recovered ${key} (${number})`;
    }
  }
}
