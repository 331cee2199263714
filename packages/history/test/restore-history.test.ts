import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHistory, restoreHistory } from '../src/index.js';
import { FreshStore, idOf, key } from './fresh-store.js';

const contact = idOf(32, 1);
const backupKey = new Uint8Array(32).fill(0xb0);

describe('a copy of a store', { timeout: 20_000 }, () => {
  let fresh: FreshStore;
  let copy: string;
  let restored: string;

  beforeEach(async () => {
    fresh = new FreshStore();
    copy = join(fresh.folder, 'copy');
    restored = join(fresh.folder, 'restored.db');
    await fresh.store.contacts.add({ id: contact, name: 'Ada', addedAt: 0 });
    for (const number of [1, 2]) await append(number);
  });
  afterEach(() => fresh.end());

  const append = (number: number): Promise<unknown> => {
    const outgoing = { direction: 'out', at: number, state: 'sent' } as const;
    const text = `text ${number}`;
    return fresh.store.messages.append({ id: idOf(16, number), contact, text, ...outgoing });
  };
  const textsOf = (path: string, withKey = key): string[] => {
    const store = openHistory({ path, key: withKey });
    try {
      return store.messages.page({ contact, limit: 9 }).messages.map(({ text }) => text);
    } finally {
      store.close();
    }
  };
  const codeOf = (options: Partial<Parameters<typeof restoreHistory>[0]>): unknown => {
    try {
      return restoreHistory({ from: copy, path: restored, key, ...options });
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  it('has what was written until then, encrypted and for its owner only, and is a store itself', async () => {
    const pending = append(3);
    fresh.store.copyTo(copy);
    await append(4);
    await pending;
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(readFileSync(copy).includes('text 1')).toBe(false);
    expect(codeOf({})).toBeUndefined();
    expect(textsOf(restored)).toEqual(['text 1', 'text 2', 'text 3']);
    expect(textsOf(copy)).toEqual(['text 1', 'text 2', 'text 3']);
    fresh.store.copyTo(copy);
    expect(textsOf(copy)).toHaveLength(4);
    expect(textsOf(fresh.path)).toHaveLength(4);
  });

  it('can be put in place under another key', () => {
    fresh.store.copyTo(copy);
    expect(codeOf({ newKey: backupKey })).toBeUndefined();
    expect(statSync(restored).mode & 0o777).toBe(0o600);
    expect(() => openHistory({ path: restored, key })).toThrow(
      expect.objectContaining({ code: 'wrong_key' }),
    );
    expect(textsOf(restored, backupKey)).toEqual(['text 1', 'text 2']);
    const back = join(fresh.folder, 'back.db');
    expect(codeOf({ from: restored, path: back, key: backupKey, newKey: key })).toBeUndefined();
    expect(textsOf(back)).toEqual(['text 1', 'text 2']);
  });

  it('is put in the place of nothing else, and only if each of its pages is right', () => {
    fresh.store.copyTo(copy);
    expect(codeOf({ path: fresh.path })).toBe('store_exists');
    expect(codeOf({ key: backupKey })).toBe('wrong_key');
    expect(codeOf({ key: key.slice(1) })).toBe('misuse');
    expect(codeOf({ newKey: key.slice(1) })).toBe('misuse');
    expect(codeOf({ from: join(fresh.folder, 'nowhere') })).toBe('no_permission');
    const intact = readFileSync(copy);
    for (let page = 0; page < intact.length / 4_096; page += 1) {
      const bytes = Buffer.from(intact);
      bytes[page * 4_096 + 300] = (bytes[page * 4_096 + 300] ?? 0) ^ 1;
      writeFileSync(copy, bytes);
      expect(codeOf({}), `page ${page + 1}`).toBe('store_damaged');
    }
    writeFileSync(copy, intact);
    for (const journal of [`${restored}-wal`, `${restored}-journal`]) {
      writeFileSync(journal, 'of another store');
      expect(codeOf({})).toBe('store_exists');
      rmSync(journal);
    }
    writeFileSync(copy, intact.subarray(0, -4_096));
    expect(codeOf({})).toBe('store_truncated');
    writeFileSync(copy, '');
    expect(codeOf({})).toBe('store_truncated');
    writeFileSync(copy, 'A letter.');
    expect(codeOf({})).toBe('not_a_store');
    expect(existsSync(restored)).toBe(false);
    const names = readdirSync(fresh.folder).filter((name) => !name.startsWith('history.db'));
    expect(names).toEqual(['copy']);
  });

  it('may be read-only, and readable by others: what is put in place is neither', () => {
    fresh.store.copyTo(copy);
    chmodSync(copy, 0o444);
    expect(codeOf({})).toBeUndefined();
    expect(statSync(restored).mode & 0o777).toBe(0o600);
  });

  it('that cannot be written leaves nothing behind', () => {
    const target = join(fresh.folder, 'nowhere', 'copy');
    expect(() => fresh.store.copyTo(target)).toThrow(
      expect.objectContaining({ code: 'no_permission' }),
    );
    fresh.store.close();
    expect(() => fresh.store.copyTo(copy)).toThrow(expect.objectContaining({ code: 'closed' }));
    expect(readdirSync(fresh.folder)).toEqual(['history.db']);
  });
});
