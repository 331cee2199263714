import { existsSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../src/encrypted-file.js';
import { pagesOf } from '../src/page-check.js';
import { migrationBackupsOf } from '../src/migration-backup.js';
import { FreshStore, idOf, key } from './fresh-store.js';

const ada = idOf(32, 1);
const ben = idOf(32, 2);

/** A word that only this message has, in a text that is long enough to fill pages. */
const wordOf = (number: number): string => `secret${number}x`;
const textOf = (number: number): string => `${wordOf(number)} and ${'more of it '.repeat(4)}`;

describe('what is deleted', { timeout: 120_000 }, () => {
  let fresh: FreshStore;

  const append = (number: number, contact: Uint8Array, text = textOf(number)): Promise<unknown> => {
    const outgoing = { direction: 'out', at: number, state: 'sent' } as const;
    return fresh.store.messages.append({ id: idOf(16, number), contact, text, ...outgoing });
  };
  const journalBytes = (): number =>
    statSync(`${fresh.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  /** Which of these numbers' words are anywhere in the decrypted pages of the file. */
  const traces = (numbers: readonly number[]): number[] => {
    expect(journalBytes()).toBe(0);
    const pages: Buffer[] = [];
    for (const [number, plaintext] of pagesOf(fresh.path, key)) {
      if (plaintext === undefined) throw new Error(`Page ${number} does not open.`);
      pages.push(Buffer.from(plaintext));
    }
    // The pages' text at once: every word is looked for in all of them.
    const found = new Set(
      pages.flatMap((page) => page.toString('latin1').match(/secret\d+x/g) ?? []),
    );
    return numbers.filter((number) => found.has(wordOf(number)));
  };

  beforeEach(async () => {
    fresh = new FreshStore();
    await fresh.store.contacts.add({ id: ada, name: 'Ada', addedAt: 0 });
    await fresh.store.contacts.add({ id: ben, name: 'Ben', addedAt: 0 });
  });
  afterEach(() => fresh.end());

  const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, index) => from + index);

  it('is nowhere in the pages: one message, a conversation, and their search index', async () => {
    // More than fit into one block of the index.
    const numbers = range(0, 9_000);
    await Promise.all(numbers.map((number) => append(number, number % 2 === 0 ? ada : ben)));
    await fresh.store.search.prepare();
    const one = { contact: ada, direction: 'out', id: idOf(16, 4) } as const;
    expect(await fresh.store.messages.delete(one)).toBe(true);
    expect(traces(numbers)).toEqual(numbers.filter((number) => number !== 4));
    expect(await fresh.store.messages.deleteAll(ben)).toBe(4_500);
    expect(traces(numbers)).toEqual(numbers.filter((number) => number % 2 === 0 && number !== 4));
    expect(await fresh.store.messages.deleteAll(ada)).toBe(4_499);
    expect(traces(numbers)).toEqual([]);
    expect(fresh.store.contacts.list()).toMatchObject([{ name: 'Ada' }, { name: 'Ben' }]);
  });

  it('leaves of a contact that was removed nothing at all', async () => {
    const name = 'Adelgunde';
    await fresh.store.contacts.rename(ada, name);
    await append(1, ada);
    await fresh.store.contacts.remove(ada);
    expect(await fresh.store.messages.deleteAll(ada)).toBe(1);
    for (const [, plaintext] of pagesOf(fresh.path, key)) {
      const page = Buffer.from(plaintext ?? []);
      for (const trace of [name, wordOf(1), Buffer.from(ada)])
        expect(page.includes(trace)).toBe(false);
    }
    expect(await fresh.store.messages.deleteAll(ada)).toBe(0);
  });

  it('is in no copy of a migration either', async () => {
    await append(1, ada);
    const copies = [2, 3].map((step) => `${fresh.path}.before-step-${step}`);
    for (const copy of copies) writeFileSync(copy, 'a copy');
    writeFileSync(`${fresh.path}.before-step-x`, 'not a copy');
    expect(migrationBackupsOf(fresh.path).toSorted()).toEqual(copies);
    const one = { contact: ada, direction: 'out', id: idOf(16, 9) } as const;
    expect(await fresh.store.messages.delete(one)).toBe(false);
    expect(copies.map(existsSync)).toEqual([true, true]);
    await fresh.store.messages.deleteAll(ada);
    expect(copies.map(existsSync)).toEqual([false, false]);
    expect(existsSync(`${fresh.path}.before-step-x`)).toBe(true);
  });

  describe('while another connection reads what was there before', () => {
    let reader: ReturnType<typeof connect>;

    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      await Promise.all(range(0, 100).map((number) => append(number, ada)));
      reader = connect(fresh.path, key, { readonly: true });
      reader.exec('BEGIN');
      reader.prepare('SELECT count(*) FROM messages').get();
      expect(await fresh.store.messages.deleteAll(ada)).toBe(100);
      expect(journalBytes()).toBeGreaterThan(0);
    });
    afterEach(() => {
      reader.close();
      vi.useRealTimers();
    });

    it('is gone as soon as that has ended', () => {
      vi.advanceTimersByTime(5_000);
      expect(journalBytes()).toBeGreaterThan(0);
      reader.exec('COMMIT');
      vi.advanceTimersByTime(1_000);
      expect(traces(range(0, 100))).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('is gone once the store is closed', () => {
      reader.exec('COMMIT');
      fresh.store.close();
      expect(traces(range(0, 100))).toEqual([]);
    });

    it('is gone once the store is opened the next time', () => {
      fresh.store.close();
      reader.close();
      expect(journalBytes()).toBeGreaterThan(0);
      fresh.reopen();
      expect(traces(range(0, 100))).toEqual([]);
    });
  });
});
