import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../src/encrypted-file.js';
import { type HistoryStore, openHistory } from '../src/index.js';
import { migrate, schemaVersion } from '../src/migrations.js';
import { migrationBackupsOf } from '../src/migration-backup.js';
import { MIGRATIONS } from '../src/schema.js';
import { makeOlderStore } from './older-store.js';
import { FreshStore, idOf, key } from './fresh-store.js';

describe('a store of an older version', () => {
  let fresh: FreshStore;

  beforeEach(() => {
    fresh = new FreshStore();
    fresh.store.close();
    rmSync(fresh.path);
  });
  afterEach(() => fresh.end());

  it('of version 1 keeps its contacts and messages', async () => {
    const database = connect(fresh.path, key, {});
    database.pragma('journal_mode = WAL');
    database.pragma('secure_delete = ON');
    database.exec(MIGRATIONS[0] ?? '');
    database.pragma('user_version = 1');
    const contact = database.prepare(
      `INSERT INTO contacts (id, name, name_key, verified, addresses, added_at) VALUES (?, ?, ?, 1, ?, 3)`,
    );
    contact.run(idOf(32, 1), 'Ada', 'ada', '["ws://a","wss://b/c"]');
    contact.run(idOf(32, 2), 'Ben', 'ben', '[]');
    const message = database.prepare(
      `INSERT INTO messages (sequence, contact, direction, id, at, received_at, text, reply_to, state)
       VALUES (?, ?, ?, ?, 7, ?, ?, ?, ?)`,
    );
    message.run(1, 1, 1, idOf(16, 1), null, 'queued', null, 0);
    message.run(5, 1, 0, idOf(16, 2), 8, 'read', idOf(16, 1), 3);
    message.run(9, 2, 0, idOf(16, 2), 8, 'unread', null, 2);
    database.close();

    fresh.store = openHistory({ path: fresh.path, key });
    const { contacts, messages } = fresh.store;
    const address = (url: string): unknown => ({ url, origin: 'user', publicOnly: false });
    expect(contacts.list()).toMatchObject([
      {
        name: 'Ada',
        isNamed: true,
        verified: true,
        addresses: [address('ws://a'), address('wss://b/c')],
        addressSequence: 0,
        unread: 0,
      },
      { name: 'Ben', addresses: [], unread: 1, lastMessage: { text: 'unread', sequence: 9 } },
    ]);
    const page = messages.page({ contact: idOf(32, 1), limit: 9 });
    expect(page.messages).toMatchObject([
      { sequence: 1, text: 'queued', state: 'queued', direction: 'out', at: 7 },
      { sequence: 5, text: 'read', state: 'read', receivedAt: 8, replyTo: idOf(16, 1) },
    ]);
    expect(messages.unfinished(idOf(32, 1), { limit: 9 })).toHaveLength(1);
    expect(messages.unreported(idOf(32, 1), 9)).toEqual([]);
    const next = { id: idOf(16, 3), contact: idOf(32, 1), direction: 'out', at: 9 } as const;
    await messages.append({ ...next, text: 'next', state: 'queued' });
    expect(messages.find(next)?.sequence).toBe(10);
  });

  const textsOf = (path: string): number =>
    readStore(path, ({ messages }) => messages.from(idOf(32, 1), { limit: 9_999 }).length);

  it('is copied before it is changed, and the copy is as it was', () => {
    makeOlderStore(fresh.path, 50);
    expect(textsOf(fresh.path)).toBe(50);
    const copy = `${fresh.path}.before-step-2`;
    expect(migrationBackupsOf(fresh.path)).toEqual([copy]);
    const database = connect(copy, key, { readonly: true });
    expect(schemaVersion(database)).toBe(1);
    expect(database.prepare('SELECT count(*) AS count FROM messages').get()).toEqual({ count: 50 });
    database.close();
    expect(readFileSync(copy).includes('message 1')).toBe(false);
    expect(textsOf(fresh.path)).toBe(50);
    expect(migrationBackupsOf(fresh.path)).toEqual([copy]);
    // It opens like any other store, if somebody needs it.
    expect(textsOf(copy)).toBe(50);
  });

  it('that cannot be copied is not changed', () => {
    makeOlderStore(fresh.path, 50);
    const before = readFileSync(fresh.path);
    mkdirSync(`${fresh.path}.before-step-2`);
    expect(() => openHistory({ path: fresh.path, key })).toThrow();
    expect(readFileSync(fresh.path).equals(before)).toBe(true);
    const names = ['history.db', 'history.db.before-step-2'];
    expect(readdirSync(fresh.folder).toSorted()).toEqual(names);
    rmSync(`${fresh.path}.before-step-2`, { recursive: true });
    expect(textsOf(fresh.path)).toBe(50);
  });

  it('goes on where it was interrupted: a step happens as a whole or not at all', () => {
    makeOlderStore(fresh.path, 50);
    const database = connect(fresh.path, key, {});
    const failing = [...MIGRATIONS.slice(0, 2), 'CREATE TABLE half (a); SELECT no_such_column;'];
    expect(() => migrate(database, undefined, failing)).toThrow();
    expect(schemaVersion(database)).toBe(2);
    const half = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`);
    expect(half.get()).toBeUndefined();
    database.close();
    expect(textsOf(fresh.path)).toBe(50);
  });

  it('that is new has nothing to copy', () => {
    expect(textsOf(fresh.path)).toBe(0);
    expect(migrationBackupsOf(fresh.path)).toEqual([]);
  });
});

function readStore<T>(path: string, read: (store: HistoryStore) => T): T {
  const store = openHistory({ path, key });
  try {
    return read(store);
  } finally {
    store.close();
  }
}
