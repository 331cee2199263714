import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GroupCommit } from '../src/group-commit.js';
import { type Database, loadSqlite } from '../src/sqlite.js';

const Sqlite = loadSqlite();

describe('GroupCommit', () => {
  let folder: string;
  let database: Database;
  let other: Database;
  let commits: GroupCommit;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gravy-commit-'));
    database = new Sqlite(join(folder, 'x.db'));
    database.pragma('journal_mode = WAL');
    database.pragma('foreign_keys = ON');
    database.exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)');
    database.exec('CREATE TABLE child (a INTEGER REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED)');
    other = new Sqlite(join(folder, 'x.db'));
    commits = new GroupCommit(database);
  });
  afterEach(() => {
    database.close();
    other.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const insert = (a: number): Promise<void> =>
    commits.write(() => void database.prepare('INSERT INTO t VALUES (?, ?)').run(a, 'x'));
  const count = (from: Database): unknown =>
    from.prepare<[], { count: number }>('SELECT count(*) AS count FROM t').get()?.count;
  /** Changes once for each transaction of another connection. */
  const version = (): unknown => other.pragma('data_version', { simple: true });

  it('writes of one turn are one transaction, seen at once here and later elsewhere', async () => {
    const before = Number(version());
    const writes = Promise.all([insert(1), insert(2), insert(3)]);
    expect(count(database)).toBe(3);
    expect(count(other)).toBe(0);
    await writes;
    expect(count(other)).toBe(3);
    expect(Number(version())).toBe(before + 1);
  });

  it('a write that fails undoes itself and nothing else', async () => {
    const results = await Promise.allSettled([
      insert(1),
      commits.write(() => {
        database.prepare('INSERT INTO t VALUES (7, ?)').run('undone');
        throw new Error('no');
      }),
      insert(1),
      insert(2),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(other.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('a commit that fails undoes and rejects all of its turn, and the next turn works', async () => {
    const results = await Promise.allSettled([
      insert(1),
      commits.write(() => database.exec('INSERT INTO child VALUES (99)')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(count(other)).toBe(0);
    await insert(1);
    expect(count(other)).toBe(1);
  });

  it('a full disk is told as such, and nothing is half there', async () => {
    await insert(1);
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages}`);
    const results = await Promise.allSettled([
      insert(2),
      commits.write(() => database.prepare('INSERT INTO t VALUES (3, ?)').run('x'.repeat(100_000))),
    ]);
    expect(results.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'disk_full' } });
    const stored = results[0].status === 'fulfilled' ? 2 : 1;
    expect(count(other)).toBe(stored);
    database.pragma('max_page_count = 10000');
    await insert(4);
    expect(count(other)).toBe(stored + 1);
  });

  it('flush commits what is open, and the promises resolve', async () => {
    const write = insert(1);
    commits.flush();
    expect(count(other)).toBe(1);
    await write;
  });
});
