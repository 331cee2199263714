import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHistory } from '../src/index.js';
import { loadSqlite } from '../src/sqlite.js';
import { FreshStore, idOf, key } from './fresh-store.js';

const NAME = 'Adalbert von Chamisso';
const TEXT = 'The gravy boat sails at midnight';
const ADDRESS = 'wss://secret-harbour.example';
const contact = Uint8Array.from(Buffer.from('0123456789abcdef0123456789abcdef'));

describe('a history on disk', () => {
  let fresh: FreshStore;

  beforeEach(async () => {
    fresh = new FreshStore();
    const { contacts, messages } = fresh.store;
    const address = { url: ADDRESS, origin: 'user', publicOnly: false } as const;
    await contacts.add({ id: contact, name: NAME, addedAt: 0, addresses: [address] });
    const message = { contact, direction: 'out', at: 0, text: TEXT, state: 'queued' } as const;
    await Promise.all(
      Array.from({ length: 200 }, (_, number) =>
        messages.append({ ...message, id: idOf(16, number) }),
      ),
    );
  });
  afterEach(() => fresh.end());

  const codeOf = (open: () => { close(): void }): string | undefined => {
    try {
      open().close();
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return undefined;
  };

  it('shows nothing of what is in it, open or closed, and only its owner may look', () => {
    const look = (): string[] => {
      const names = readdirSync(fresh.folder);
      for (const name of names) {
        const path = join(fresh.folder, name);
        expect(statSync(path).mode & 0o777, name).toBe(0o600);
        const bytes = readFileSync(path);
        for (const secret of [
          NAME,
          TEXT,
          ADDRESS,
          contact,
          key,
          'SQLite format 3',
          'CREATE TABLE',
        ]) {
          expect(bytes.includes(Buffer.from(secret)), `${name}: ${String(secret)}`).toBe(false);
        }
      }
      return names;
    };
    expect(look()).toContain('history.db-wal');
    fresh.store.close();
    expect(look()).toEqual(['history.db']);
  });

  it('opens with its key only', () => {
    fresh.store.close();
    const wrong = key.slice();
    wrong[31] = 0;
    expect(codeOf(() => openHistory({ path: fresh.path, key: wrong }))).toBe('wrong_key');
    expect(codeOf(() => openHistory({ path: fresh.path, key: wrong.slice(1) }))).toBe('misuse');
    expect(codeOf(() => openHistory({ path: fresh.path, key }))).toBeUndefined();
  });

  it.each([
    ['in the header', 100],
    ['in the first page', 2_000],
    ['at its tag', 4_090],
  ])('that is damaged %s is refused, and left as it is', (_where, at) => {
    fresh.store.close();
    const bytes = readFileSync(fresh.path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(fresh.path, bytes);
    expect(codeOf(() => openHistory({ path: fresh.path, key }))).toBe('store_damaged');
    expect(readFileSync(fresh.path).equals(bytes)).toBe(true);
  });

  it('that is damaged further in says so when that page is read', () => {
    fresh.store.close();
    const bytes = readFileSync(fresh.path);
    for (let at = 4_096 * 3; at < bytes.length; at += 512) bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(fresh.path, bytes);
    const read = (): { close(): void } => {
      const store = openHistory({ path: fresh.path, key });
      try {
        store.contacts.list();
        store.messages.page({ contact, limit: 500 });
      } finally {
        store.close();
      }
      return store;
    };
    expect(codeOf(read)).toBe('store_damaged');
  });

  it('of something else altogether is refused, and left as it is', () => {
    const path = join(fresh.folder, 'other.db');
    writeFileSync(path, 'This is a letter, not a database.'.repeat(1_000));
    const before = readFileSync(path);
    expect(codeOf(() => openHistory({ path, key }))).toBe('not_a_store');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('of a newer version is refused', () => {
    fresh.store.close();
    const Sqlite = loadSqlite();
    const database = new Sqlite(fresh.path);
    database.pragma(`cipher = 'aegis'`);
    database.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
    database.pragma('user_version = 1000');
    database.close();
    expect(codeOf(() => openHistory({ path: fresh.path, key }))).toBe('store_too_new');
  });

  it('in a folder that is not there, or that is a folder itself, is no permission', () => {
    const path = join(fresh.folder, 'no', 'history.db');
    expect(codeOf(() => openHistory({ path, key }))).toBe('no_permission');
    mkdirSync(join(fresh.folder, 'folder.db'));
    const folder = join(fresh.folder, 'folder.db');
    expect(codeOf(() => openHistory({ path: folder, key }))).toBe('no_permission');
  });

  it('needs a Node that does not crash under it', () => {
    expect(() => loadSqlite('20.19.0')).toThrow(
      expect.objectContaining({ code: 'unsupported_node' }),
    );
    expect(() => loadSqlite('22.17.1')).toThrow();
    expect(loadSqlite('22.18.0')).toBeTypeOf('function');
  });

  it('says that it is closed', async () => {
    fresh.store.close();
    fresh.store.close();
    const closed = { code: 'closed' };
    expect(() => fresh.store.contacts.list()).toThrow(expect.objectContaining(closed));
    expect(() => fresh.store.messages.page({ contact, limit: 1 })).toThrow(
      expect.objectContaining(closed),
    );
    await expect(fresh.store.contacts.remove(contact)).rejects.toMatchObject(closed);
  });
});
