import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHistory } from '../src/index.js';
import { loadSqlite } from '../src/sqlite.js';
import { FreshStore, idOf, key } from './fresh-store.js';

const LIBRARY = new URL('../dist/index.js', import.meta.url).href;
const PAGE_BYTES = 4_096;
const contact = idOf(32, 1);

/** Opens the store and reads all of it; what it fails with. */
function codeOf(path: string): string | undefined {
  try {
    const store = openHistory({ path, key });
    try {
      store.contacts.list();
      store.messages.page({ contact, limit: 10_000 });
    } finally {
      store.close();
    }
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
}

const flip = (bytes: Buffer, at: number, bit: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << bit);
  return changed;
};

describe('a damaged store is refused and left byte for byte as it is', { timeout: 60_000 }, () => {
  let fresh: FreshStore;
  let intact: Buffer;

  const fill = async (count: number, characters: number): Promise<void> => {
    const { contacts, messages } = fresh.store;
    await contacts.add({ id: contact, name: 'Ada', addedAt: 0 });
    const message = { contact, direction: 'out', at: 0, state: 'queued' } as const;
    const text = 'x'.repeat(characters);
    await Promise.all(
      Array.from({ length: count }, (_, n) =>
        messages.append({ ...message, id: idOf(16, n), text }),
      ),
    );
    fresh.store.close();
    intact = readFileSync(fresh.path);
  };
  /** What becomes of these bytes when they are opened as a store. */
  const outcome = (bytes: Buffer): unknown => {
    writeFileSync(fresh.path, bytes);
    const code = codeOf(fresh.path);
    return {
      code,
      isSame: readFileSync(fresh.path).equals(bytes),
      files: readdirSync(fresh.folder),
    };
  };
  const refused = { code: 'store_damaged', isSame: true, files: ['history.db'] };

  beforeEach(() => {
    fresh = new FreshStore();
  });
  afterEach(() => fresh.end());

  it('with any bit flipped in the 24 bytes that the cipher does not authenticate', async () => {
    await fill(10, 100);
    for (let at = 0; at < 24; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        expect(outcome(flip(intact, at, bit)), `byte ${at}, bit ${bit}`).toEqual(refused);
      }
    }
    writeFileSync(fresh.path, intact);
    expect(codeOf(fresh.path)).toBeUndefined();
  });

  it('with a bit flipped in any page', async () => {
    await fill(120, 3_000);
    const pages = intact.length / PAGE_BYTES;
    expect(pages).toBeGreaterThan(100);
    for (let page = 0; page < pages; page += 1) {
      const within = 24 + ((page * 977) % (PAGE_BYTES - 24));
      const changed = flip(intact, page * PAGE_BYTES + within, page % 8);
      expect(outcome(changed), `page ${page + 1}`).toEqual(refused);
    }
  });

  it('also beside an empty journal that somebody has left', async () => {
    await fill(20, 10);
    writeFileSync(`${fresh.path}-journal`, '');
    writeFileSync(fresh.path, flip(intact, 3 * 4_096 + 100, 0));
    expect(codeOf(fresh.path)).toBe('store_damaged');
  });

  it('with two pages exchanged', async () => {
    await fill(40, 3_000);
    const changed = Buffer.from(intact);
    intact.copy(changed, 5 * PAGE_BYTES, 8 * PAGE_BYTES, 9 * PAGE_BYTES);
    intact.copy(changed, 8 * PAGE_BYTES, 5 * PAGE_BYTES, 6 * PAGE_BYTES);
    expect(outcome(changed)).toEqual(refused);
  });

  it.each([1, 23, 24, 511, 4_095, 4_096, 8_192])('cut after %d bytes', async (length) => {
    await fill(40, 3_000);
    const expected = { ...refused, code: 'store_truncated' };
    expect(outcome(intact.subarray(0, length))).toEqual(expected);
  });

  it('that is too big to be read whole, once the page is read', async () => {
    await fill(300, 65_536);
    const changed = flip(intact, Math.floor(intact.length / 2), 0);
    writeFileSync(fresh.path, changed);
    openHistory({ path: fresh.path, key }).close();
    expect(outcome(changed)).toEqual(refused);
  });

  it('while what a killed process has in its -wal stays there', async () => {
    await fill(40, 3_000);
    writeThenDie(fresh.path);
    const names = ['', '-wal'].map((suffix) => fresh.path + suffix);
    writeFileSync(fresh.path, flip(readFileSync(fresh.path), 9 * PAGE_BYTES + 70, 3));
    const before = names.map((name) => readFileSync(name));
    expect(before[1]?.length).toBeGreaterThan(0);
    expect(codeOf(fresh.path)).toBe('store_damaged');
    expect(names.map((name, index) => before[index]?.equals(readFileSync(name)))).toEqual([
      true,
      true,
    ]);
    truncateSync(fresh.path);
    expect(codeOf(fresh.path)).toBe('store_truncated');
    expect(readFileSync(names[1] ?? '').equals(before[1] ?? Buffer.alloc(0))).toBe(true);
  });

  it('and so is one of a newer version, with its -wal', async () => {
    await fill(1, 1);
    writeThenDie(fresh.path, 1_000);
    const before = readFileSync(fresh.path);
    expect(existsSync(`${fresh.path}-wal`)).toBe(true);
    expect(codeOf(fresh.path)).toBe('store_too_new');
    expect(readFileSync(fresh.path).equals(before)).toBe(true);
    expect(existsSync(`${fresh.path}-wal`)).toBe(true);
  });

  it('but an empty file is a new store, and an unencrypted one is not ours', async () => {
    fresh.store.close();
    const empty = join(fresh.folder, 'empty.db');
    writeFileSync(empty, '');
    expect(codeOf(empty)).toBeUndefined();
    const plain = join(fresh.folder, 'plain.db');
    const Sqlite = loadSqlite();
    const database = new Sqlite(plain);
    database.exec('CREATE TABLE t (a)');
    database.close();
    const before = readFileSync(plain);
    expect(codeOf(plain)).toBe('not_a_store');
    expect(readFileSync(plain).equals(before)).toBe(true);
  });
});

/** Another process stores a message, or a newer version's number, and is killed before anything leaves the -wal. */
function writeThenDie(path: string, version?: number): void {
  const setVersion = `
    import { createRequire } from 'node:module';
    const Sqlite = createRequire('${LIBRARY}')('better-sqlite3-multiple-ciphers');
    const database = new Sqlite(path);
    database.pragma("cipher = 'aegis'");
    database.key(Buffer.concat([Buffer.from('raw:'), key]));
    database.pragma('user_version = ${version}');`;
  const append = `
    import { openHistory } from '${LIBRARY}';
    const store = openHistory({ path, key });
    await store.messages.append({ id: new Uint8Array(16).fill(9), contact: ${JSON.stringify([...contact])}.reduce(
      (id, byte, at) => (id[at] = byte, id), new Uint8Array(32)),
      direction: 'out', at: 1, text: 'last words', state: 'queued' });`;
  const { signal, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const path = ${JSON.stringify(path)};
       const key = new Uint8Array(32).fill(0x5a);
       ${version === undefined ? append : setVersion}
       process.kill(process.pid, 'SIGKILL');`,
    ],
    { encoding: 'utf8' },
  );
  expect(signal, stderr).toBe('SIGKILL');
}
