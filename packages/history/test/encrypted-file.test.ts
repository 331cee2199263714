import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, headOf } from '../src/encrypted-file.js';
import { openHistory } from '../src/index.js';
import { loadSqlite } from '../src/sqlite.js';
import { FreshStore, idOf, key } from './fresh-store.js';

describe('the key of a store', () => {
  let fresh: FreshStore;

  beforeEach(async () => {
    fresh = new FreshStore();
    await fresh.store.contacts.add({ id: idOf(32, 1), name: 'Ada', addedAt: 0 });
    fresh.store.close();
  });
  afterEach(() => fresh.end());

  it('is used as it is: no salt and no cost of a key derivation has a part in it', () => {
    const Sqlite = loadSqlite();
    for (const cost of ['tcost = 1', 'tcost = 9', 'mcost = 64', 'pcost = 3']) {
      const database = new Sqlite(fresh.path, { readonly: true });
      database.pragma(`cipher = 'aegis'`);
      database.pragma(cost);
      database.key(Buffer.concat([Buffer.from('raw:'), key]));
      const names = database.prepare<[], { name: string }>('SELECT name FROM contacts').all();
      expect(names, cost).toEqual([{ name: 'Ada' }]);
      database.close();
    }
  });

  it('is needed: without it, or as a password, the file is no database', () => {
    const Sqlite = loadSqlite();
    const read = (open: (database: InstanceType<typeof Sqlite>) => void): unknown => {
      const database = new Sqlite(fresh.path, { readonly: true });
      try {
        open(database);
        return database.prepare('SELECT name FROM contacts').all();
      } catch (error) {
        return (error as { code?: string }).code;
      } finally {
        database.close();
      }
    };
    expect(read(() => undefined)).toBe('SQLITE_NOTADB');
    expect(
      read((database) => {
        database.pragma(`cipher = 'aegis'`);
        database.key(Buffer.from(key));
      }),
    ).toBe('SQLITE_NOTADB');
  });

  it('can be told from the head of the file, which stays the same for good', () => {
    const head = readFileSync(fresh.path).subarray(0, 24);
    const other = key.slice();
    other[0] = 0;
    expect(headOf(fresh.path, key)).toEqual({ isOfKey: true, isLayout: true });
    expect(headOf(fresh.path, other)).toEqual({ isOfKey: false, isLayout: true });
    const database = connect(fresh.path, key, {});
    database.exec('VACUUM');
    database.close();
    expect(readFileSync(fresh.path).subarray(0, 24).equals(head)).toBe(true);
  });

  it('stays the caller’s, who may erase it at once', async () => {
    const lent = key.slice();
    const store = openHistory({ path: fresh.path, key: lent });
    expect(lent).toEqual(key);
    lent.fill(0);
    await store.contacts.rename(idOf(32, 1), 'Ada Lovelace');
    expect(store.contacts.list()).toMatchObject([{ name: 'Ada Lovelace' }]);
    store.close();
  });
});
