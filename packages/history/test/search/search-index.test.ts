import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/encrypted-file.js';
import { FreshStore, idOf, key } from '../fresh-store.js';

const contact = idOf(32, 1);
const BLOCK = 8_192;

describe('the search index', { timeout: 60_000 }, () => {
  let fresh: FreshStore;

  const append = (number: number): Promise<unknown> => {
    const outgoing = { contact, direction: 'out', at: number, state: 'sent' } as const;
    return fresh.store.messages.append({
      ...outgoing,
      id: idOf(16, number),
      text: `w${number} all`,
    });
  };
  const total = async (query: string): Promise<number> =>
    (await fresh.store.search.find({ query, limit: 1 })).total;
  /** What another connection sees of the index in the file. */
  const inFile = (): { blocks: number; rows: number } => {
    const database = connect(fresh.path, key, { readonly: true });
    const count = (table: string): number =>
      database.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
    const counts = { blocks: count('search_blocks'), rows: count('search_terms') };
    database.close();
    return counts;
  };

  beforeEach(async () => {
    fresh = new FreshStore();
    await fresh.store.contacts.add({ id: contact, name: 'Ada', addedAt: 0 });
    await Promise.all(Array.from({ length: BLOCK + 10 }, (_, number) => append(number)));
  });
  afterEach(() => fresh.end());

  it('is written a block at a time, and never again', async () => {
    expect(inFile()).toEqual({ blocks: 0, rows: 0 });
    expect(await total('all')).toBe(BLOCK + 10);
    const written = inFile();
    expect(written.blocks).toBe(1);
    expect(written.rows).toBeGreaterThan(BLOCK);
    await append(BLOCK + 10);
    fresh.reopen();
    expect(await total('all')).toBe(BLOCK + 11);
    expect(inFile()).toEqual(written);
  });

  it('has nothing of what is deleted while it is written, wherever that is', async () => {
    const searching = total('all');
    // Each deletion comes at another moment of the writing.
    for (let number = 0; number < 40; number += 1) {
      await fresh.store.messages.delete({ contact, direction: 'out', id: idOf(16, number * 11) });
    }
    await searching;
    expect(await total('all')).toBe(BLOCK + 10 - 40);
    // "w0" is no other word's beginning.
    expect(await total('w0')).toBe(0);
    fresh.reopen();
    expect(await total('all')).toBe(BLOCK + 10 - 40);
    const database = connect(fresh.path, key, { readonly: true });
    const gone = database.prepare<[string], unknown>('SELECT 1 FROM search_terms WHERE term = ?');
    expect([0, 11, 22, 39 * 11].map((number) => gone.get(`w${number}`))).toEqual(
      Array.from({ length: 4 }),
    );
    database.close();
  });

  it('is begun again if the store was closed in the middle', async () => {
    const searching = total('all');
    while (inFile().rows === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(inFile().blocks).toBe(0);
    fresh.store.close();
    await expect(searching).rejects.toMatchObject({ code: 'closed' });
    fresh.reopen();
    expect(inFile()).toEqual({ blocks: 0, rows: 0 });
    expect(await total('all')).toBe(BLOCK + 10);
    expect(inFile().blocks).toBe(1);
  });
});
