import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FreshStore, idOf } from './fresh-store.js';

const requestOf = (number: number) => ({ id: idOf(32, number), receivedAt: number });

describe('requests of strangers', () => {
  let fresh: FreshStore;

  beforeEach(() => {
    fresh = new FreshStore();
  });
  afterEach(() => fresh.end());

  it('wait once each, newest first, and no more of them than the limit', async () => {
    const { requests } = fresh.store;
    const limit = { limit: 3 };
    for (const number of [1, 2, 3])
      expect(await requests.add(requestOf(number), limit)).toBe('added');
    expect(await requests.add({ ...requestOf(2), receivedAt: 99 }, limit)).toBe('known');
    expect(await requests.add(requestOf(4), limit)).toBe('full');
    fresh.reopen();
    expect(fresh.store.requests.list()).toEqual([3, 2, 1].map(requestOf));
    expect(await fresh.store.requests.remove(idOf(32, 2))).toBe(true);
    expect(await fresh.store.requests.remove(idOf(32, 2))).toBe(false);
    expect(await fresh.store.requests.add(requestOf(4), limit)).toBe('added');
  });

  it('that come in one turn are counted together', async () => {
    const many = Array.from({ length: 50 }, (_, number) =>
      fresh.store.requests.add(requestOf(number), { limit: 7 }),
    );
    const results = await Promise.all(many);
    expect(results.filter((result) => result === 'added')).toHaveLength(7);
    expect(fresh.store.requests.list()).toHaveLength(7);
  });

  it('of the blocked do not wait, and the blocked take no place', async () => {
    const { requests } = fresh.store;
    await requests.add(requestOf(1), { limit: 1 });
    await requests.block(idOf(32, 1), 10);
    await requests.block(idOf(32, 1), 11);
    await requests.block(idOf(32, 2), 12);
    fresh.reopen();
    const again = fresh.store.requests;
    expect(again.list()).toEqual([]);
    expect(again.isBlocked(idOf(32, 1))).toBe(true);
    expect(again.isBlocked(idOf(32, 3))).toBe(false);
    expect(again.listBlocked()).toEqual([
      { id: idOf(32, 2), blockedAt: 12 },
      { id: idOf(32, 1), blockedAt: 10 },
    ]);
    expect(await again.add(requestOf(1), { limit: 1 })).toBe('known');
    expect(await again.add(requestOf(3), { limit: 1 })).toBe('added');
    expect(await again.unblock(idOf(32, 1))).toBe(true);
    expect(await again.unblock(idOf(32, 1))).toBe(false);
    expect(again.listBlocked()).toEqual([{ id: idOf(32, 2), blockedAt: 12 }]);
  });

  it('end when the stranger becomes a contact, in whatever way', async () => {
    const { contacts, invites, requests } = fresh.store;
    for (const number of [1, 2, 3]) await requests.add(requestOf(number), { limit: 9 });
    await requests.block(idOf(32, 4), 0);
    await contacts.add({ id: idOf(32, 1), name: 'Ada', addedAt: 0 });
    const psk = new Uint8Array(32).fill(1);
    await invites.add({ id: idOf(16, 1), psk, createdAt: 0, expiresAt: 9, urls: [] });
    const bearer = idOf(32, 2);
    const contact = { id: bearer, name: 'Ben', addedAt: 0 };
    await invites.claim({ id: idOf(16, 1), bearer, at: 0, contact });
    await contacts.replaceKey(idOf(32, 1), idOf(32, 3));
    expect(requests.list()).toEqual([]);
    await contacts.add({ id: idOf(32, 4), name: 'Cyd', addedAt: 0 });
    expect(requests.isBlocked(idOf(32, 4))).toBe(false);
  });

  it('stay when the stranger cannot become a contact', async () => {
    const { contacts, requests } = fresh.store;
    await contacts.add({ id: idOf(32, 9), name: 'Ada', addedAt: 0 });
    await requests.add(requestOf(1), { limit: 9 });
    const add = contacts.add({ id: idOf(32, 1), name: 'ada', addedAt: 0 });
    await expect(add).rejects.toMatchObject({ code: 'contact_exists', field: 'name' });
    expect(requests.list()).toEqual([requestOf(1)]);
  });
});
