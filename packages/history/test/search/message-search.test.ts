import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FreshStore, idOf } from '../fresh-store.js';
import { hasAll, messagesOf, QUERIES } from './corpus.js';

const ada = idOf(32, 1);
const ben = idOf(32, 2);
/** More than fit into one block of the index. */
const COUNT = 9_000;

describe('a search', { timeout: 60_000 }, () => {
  let fresh: FreshStore;
  let texts: string[];

  const contactOf = (number: number): Uint8Array => (number % 5 === 0 ? ben : ada);
  const append = (number: number, text: string, contact = contactOf(number)): Promise<unknown> => {
    const received = { direction: 'in', state: 'delivered', receivedAt: number } as const;
    return fresh.store.messages.append({
      id: idOf(16, number),
      contact,
      at: number,
      text,
      ...received,
    });
  };
  const found = async (query: string, contact?: Uint8Array): Promise<unknown> => {
    const result = await fresh.store.search.find({ query, contact, limit: COUNT });
    expect(result).toMatchObject({ total: result.matches.length, isTotalExact: true });
    return result.matches.map(({ message }) => message.at);
  };
  const expected = (query: string, contact?: Uint8Array): number[] =>
    texts
      .flatMap((text, number) => (hasAll(text, query) ? [number] : []))
      .filter((number) => contact === undefined || contactOf(number) === contact)
      .toReversed();

  beforeEach(async () => {
    fresh = new FreshStore();
    await fresh.store.contacts.add({ id: ada, name: 'Ada', addedAt: 0 });
    await fresh.store.contacts.add({ id: ben, name: 'Ben', addedAt: 0 });
    texts = messagesOf(20_261_125, COUNT);
    await Promise.all(texts.map((text, number) => append(number, text)));
  });
  afterEach(() => fresh.end());

  it('finds what a look at every message finds, newest first, before and after reopening', async () => {
    for (const query of QUERIES) expect(await found(query), query).toEqual(expected(query));
    const withMatches = QUERIES.filter((query) => expected(query).length > 0);
    expect(withMatches.length).toBeGreaterThan(40);
    fresh.reopen();
    for (const query of QUERIES) {
      expect(await found(query, ben), query).toEqual(expected(query, ben));
    }
  });

  it('gives a page, and how many there are in all', async () => {
    const all = expected('sea');
    for (const [offset, limit] of [
      [0, 3],
      [3, 50],
      [all.length - 1, 50],
      [all.length, 50],
    ] as const) {
      const result = await fresh.store.search.find({ query: 'sea', limit, offset });
      expect(result.total).toBe(all.length);
      const page = result.matches.map(({ message }) => message.at);
      expect(page).toEqual(all.slice(offset, offset + limit));
    }
  });

  it('sees what was stored a moment ago, and nothing of what was deleted', async () => {
    await fresh.store.search.find({ query: 'sea', limit: 1 });
    const stored = append(COUNT, 'unmistakable', ada);
    expect(await found('unmistak')).toEqual([COUNT]);
    await stored;
    for (const number of [COUNT, ...expected('天气').slice(-2)]) {
      const key = { contact: contactOf(number), direction: 'in', id: idOf(16, number) } as const;
      const contact = number === COUNT ? ada : key.contact;
      expect(await fresh.store.messages.delete({ ...key, contact })).toBe(true);
    }
    expect(await found('unmistak')).toEqual([]);
    expect(await found('天气')).toEqual(expected('天气').slice(0, -2));
    await fresh.store.messages.deleteAll(ben);
    for (const query of ['sea', '天气', '👍']) {
      const rest = expected(query, ada).slice(0, query === '天气' ? -2 : undefined);
      const deleted = new Set(expected('天气').slice(-2));
      const kept = expected(query, ada).filter((number) => !deleted.has(number));
      expect(await found(query), query).toEqual(query === '天气' ? kept : rest);
    }
  });

  it('follows a conversation to the contact that takes it over', async () => {
    await found('sea');
    await fresh.store.contacts.remove(ben);
    const cyd = idOf(32, 3);
    await fresh.store.contacts.add({ id: cyd, name: 'Cyd', addedAt: 0 });
    await append(COUNT, 'Seaside', cyd);
    await fresh.store.contacts.replaceKey(cyd, ben);
    expect(await found('sea', ben)).toEqual([COUNT, ...expected('sea', ben)]);
    expect(await found('sea', cyd)).toEqual([]);
    fresh.reopen();
    expect(await found('sea', ben)).toEqual([COUNT, ...expected('sea', ben)]);
  });

  it('of somebody unknown finds nothing', async () => {
    expect(await found('sea', idOf(32, 9))).toEqual([]);
  });
});
