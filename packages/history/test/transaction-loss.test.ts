import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyErrorFrom } from '../src/errors.js';
import { GroupCommit } from '../src/group-commit.js';
import { openHistory } from '../src/index.js';
import { type Database, loadSqlite } from '../src/sqlite.js';
import { idOf, key } from './fresh-store.js';

const LIBRARY = new URL('../dist/index.js', import.meta.url).href;

describe('what SQLite undoes by itself is never reported as stored', () => {
  let folder: string;
  let database: Database;
  let commits: GroupCommit;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gravy-loss-'));
    const Sqlite = loadSqlite();
    database = new Sqlite(join(folder, 'x.db'));
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE t (a INTEGER PRIMARY KEY)');
    commits = new GroupCommit(database);
  });
  afterEach(() => {
    if (database.open) database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const insert = (a: number): Promise<unknown> =>
    commits.write(() => database.prepare('INSERT INTO t VALUES (?)').run(a));
  const rows = (): unknown => database.prepare('SELECT a FROM t').all();
  const failed = (code: string): unknown => ({ status: 'rejected', reason: { code } });

  it('at the end of the turn', async () => {
    const write = insert(1);
    database.exec('ROLLBACK');
    await expect(write).rejects.toMatchObject({ code: 'io_error' });
    await insert(2);
    expect(rows()).toEqual([{ a: 2 }]);
  });

  it('when a later write of the turn begins another transaction', async () => {
    const lost = insert(1);
    database.exec('ROLLBACK');
    const results = await Promise.allSettled([lost, insert(2)]);
    expect(results).toMatchObject([failed('io_error'), { status: 'fulfilled' }]);
    expect(rows()).toEqual([{ a: 2 }]);
  });

  it('when a read fails and takes the transaction with it, for its reason', async () => {
    const lost = insert(1);
    expect(() =>
      commits.read(() => {
        database.exec('ROLLBACK');
        throw Object.assign(new Error('x'), { code: 'SQLITE_FULL' });
      }),
    ).toThrow(expect.objectContaining({ code: 'disk_full' }));
    await expect(lost).rejects.toMatchObject({ code: 'disk_full' });
    expect(rows()).toEqual([]);
  });

  it('when another connection holds the file', async () => {
    const Sqlite = loadSqlite();
    const patient = new Sqlite(join(folder, 'x.db'), { timeout: 0 });
    const other = new GroupCommit(patient);
    database.exec('BEGIN IMMEDIATE');
    await expect(other.write(() => undefined)).rejects.toMatchObject({ code: 'in_use' });
    database.exec('COMMIT');
    await other.write(() => patient.prepare('INSERT INTO t VALUES (5)').run());
    expect(rows()).toEqual([{ a: 5 }]);
    patient.close();
  });

  it('and a medium that takes no writes is no permission', async () => {
    const Sqlite = loadSqlite();
    const reader = new Sqlite(join(folder, 'x.db'), { readonly: true });
    const write = new GroupCommit(reader).write(() => reader.exec('INSERT INTO t VALUES (1)'));
    await expect(write).rejects.toMatchObject({ code: 'no_permission' });
    reader.close();
  });

  it('and errors of other kinds stay what they are', () => {
    for (const error of [
      new Error('x'),
      'text',
      Object.assign(new Error('x'), { code: 'EPIPE' }),
    ]) {
      expect(historyErrorFrom(error)).toBe(error);
    }
    const io = Object.assign(new Error('x'), { code: 'SQLITE_IOERR_FSYNC' });
    expect(historyErrorFrom(io)).toMatchObject({ code: 'io_error', cause: io });
  });

  const canLimit = process.platform !== 'win32';
  if (!canLimit) console.log('Skipped: no limit on file sizes on this platform.');

  it.runIf(canLimit)('on a medium that takes no more: all that was told is there', async () => {
    const path = join(folder, 'history.db');
    const script = `
      import { openHistory } from '${LIBRARY}';
      const store = openHistory({ path: ${JSON.stringify(path)}, key: new Uint8Array(32).fill(0x5a) });
      const contact = new Uint8Array(32);
      await store.contacts.add({ id: contact, name: 'a', addedAt: 0 });
      let told = 0;
      try {
        for (;; told += 1) {
          const id = new Uint8Array(16);
          new DataView(id.buffer).setUint32(0, told);
          await store.messages.append({ id, contact, direction: 'out', at: 0, text: 'x'.repeat(900), state: 'queued' });
        }
      } catch (error) {
        process.stdout.write(told + ' ' + error.code + ' ' + store.messages.unfinished(contact, { limit: 1e6 }).length);
      }`;
    const command = 'ulimit -f 400; exec "$0" --input-type=module -e "$1"';
    const { stdout, stderr } = spawnSync('sh', ['-c', command, process.execPath, script], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    const [told, code, visible] = stdout.split(' ');
    expect(['disk_full', 'io_error'], stderr).toContain(code);
    expect(Number(told)).toBeGreaterThan(0);
    expect(visible).toBe(told);
    const store = openHistory({ path, key });
    const { length } = store.messages.unfinished(idOf(32, 0), { limit: 1_000_000 });
    expect(String(length)).toBe(told);
    store.close();
  });
});
