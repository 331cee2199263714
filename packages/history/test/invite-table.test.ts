import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InviteClaim, NewInvite } from '../src/index.js';
import { FreshStore, idOf } from './fresh-store.js';

const DAY_MS = 24 * 3_600_000;
const ada = idOf(32, 1);
const ben = idOf(32, 2);

function invite(number: number, rest: Partial<NewInvite> = {}): NewInvite {
  return {
    id: idOf(16, number),
    psk: new Uint8Array(32).fill(number),
    createdAt: number,
    expiresAt: 1_000,
    urls: ['wss://a.example', 'ws://127.0.0.1:8080'],
    ...rest,
  };
}

function claim(number: number, bearer: Uint8Array, rest: Partial<InviteClaim> = {}): InviteClaim {
  const contact = { id: bearer, name: 'Guest', isNamed: false, addedAt: 10 };
  return { id: idOf(16, number), bearer, at: 10, contact, ...rest };
}

describe('invites', () => {
  let fresh: FreshStore;

  beforeEach(() => {
    fresh = new FreshStore();
  });
  afterEach(() => fresh.end());

  const openOnes = (now: number): Uint8Array[] => fresh.store.invites.open(now).map(({ id }) => id);
  const names = (): string[] => fresh.store.contacts.list().map(({ name }) => name);

  it('come back as they were made, newest first, and the open ones oldest first', async () => {
    const named = invite(2, { contactName: 'Ben', expiresAt: 500 });
    await fresh.store.invites.add(invite(1));
    await fresh.store.invites.add(named);
    fresh.reopen();
    expect(fresh.store.invites.list()).toEqual([named, invite(1)]);
    expect(fresh.store.invites.get(idOf(16, 2))).toEqual(named);
    expect(fresh.store.invites.get(idOf(16, 3))).toBeUndefined();
    expect(openOnes(499)).toEqual([idOf(16, 1), idOf(16, 2)]);
    expect(openOnes(500)).toEqual([idOf(16, 1)]);
  });

  it('let one bearer in, as often as they come, and make them a contact', async () => {
    const { invites, contacts } = fresh.store;
    await invites.add(invite(1));
    expect(await invites.claim(claim(1, ada))).toBe('claimed');
    expect(await invites.claim(claim(1, ada, { at: 20 }))).toBe('claimed');
    expect(await invites.claim(claim(1, ben))).toBe('taken');
    expect(invites.get(idOf(16, 1))).toEqual({ ...invite(1), bearer: ada, usedAt: 10 });
    expect(openOnes(20)).toEqual([idOf(16, 1)]);
    expect(contacts.get(ada)).toMatchObject({ name: 'Guest', isNamed: false, addedAt: 10 });
    expect(contacts.get(ben)).toBeUndefined();
  });

  it('leave a contact as it is, and give a new one a name that is free', async () => {
    const { invites, contacts } = fresh.store;
    await contacts.add({ id: ada, name: 'Guest', addedAt: 5 });
    for (const number of [1, 2, 3, 4]) await invites.add(invite(number));
    expect(await invites.claim(claim(1, ada))).toBe('claimed');
    expect(contacts.get(ada)).toMatchObject({ name: 'Guest', isNamed: true, addedAt: 5 });
    for (const number of [2, 3, 4]) await invites.claim(claim(number, idOf(32, number)));
    expect(names()).toEqual(['Guest', 'Guest (2)', 'Guest (3)', 'Guest (4)']);
  });

  it('that are unknown, revoked or expired are closed, also to who took them', async () => {
    const { invites } = fresh.store;
    for (const number of [1, 2, 3]) await invites.add(invite(number));
    await invites.claim(claim(2, ada));
    expect(await invites.revoke(idOf(16, 1), 20)).toBe(true);
    expect(await invites.revoke(idOf(16, 1), 30)).toBe(false);
    expect(await invites.revoke(idOf(16, 9), 30)).toBe(false);
    await invites.revokeOf(ada, 40);
    expect(await invites.claim(claim(1, ben))).toBe('closed');
    expect(await invites.claim(claim(2, ada))).toBe('closed');
    expect(await invites.claim(claim(3, ben, { at: 1_000 }))).toBe('closed');
    expect(await invites.claim(claim(9, ben))).toBe('closed');
    expect(invites.get(idOf(16, 1))).toMatchObject({ psk: undefined, revokedAt: 20 });
    const second = { psk: undefined, bearer: ada, usedAt: 10, revokedAt: 40 };
    expect(invites.get(idOf(16, 2))).toMatchObject(second);
    expect(openOnes(0)).toEqual([idOf(16, 3)]);
    expect(names()).toEqual(['Guest']);
  });

  it('do not let in who is blocked, as a contact or as a stranger', async () => {
    const { invites, contacts, requests } = fresh.store;
    await invites.add(invite(1));
    await contacts.add({ id: ada, name: 'Ada', addedAt: 0 });
    await contacts.setBlocked(ada, true);
    await requests.block(ben, 5);
    expect(await invites.claim(claim(1, ada))).toBe('closed');
    expect(await invites.claim(claim(1, ben))).toBe('closed');
    expect(contacts.get(ada)?.blocked).toBe(true);
    expect(contacts.get(ben)).toBeUndefined();
    expect(invites.get(idOf(16, 1))).toEqual(invite(1));
  });

  it('are claimed for the bearer and nobody else', async () => {
    await fresh.store.invites.add(invite(1));
    const { contact } = claim(1, ben);
    const mixed = fresh.store.invites.claim(claim(1, ada, { contact }));
    await expect(mixed).rejects.toMatchObject({ code: 'misuse' });
    expect(fresh.store.invites.get(idOf(16, 1))).toEqual(invite(1));
  });

  it('make no contact that the invite does not name: both are written, or nothing', async () => {
    const { invites, contacts } = fresh.store;
    await invites.add(invite(1));
    // The contact is what is written last; SQLite takes no fraction for its time.
    const contact = { id: ada, name: 'Guest', addedAt: 0.5 };
    await expect(invites.claim(claim(1, ada, { contact }))).rejects.toThrow();
    expect(invites.get(idOf(16, 1))).toEqual(invite(1));
    expect(contacts.list()).toEqual([]);
  });

  it('lose their secret when their time is over, and are forgotten 30 days after their end', async () => {
    const { invites } = fresh.store;
    await invites.add(invite(1));
    await invites.add(invite(2, { expiresAt: 90 * DAY_MS }));
    await invites.add(invite(3, { expiresAt: 90 * DAY_MS }));
    await invites.revoke(idOf(16, 3), 2_000);
    await invites.prune(999);
    expect(invites.get(idOf(16, 1))?.psk).toEqual(invite(1).psk);
    await invites.prune(1_000);
    expect(invites.get(idOf(16, 1))?.psk).toBeUndefined();
    await invites.prune(1_000 + 30 * DAY_MS);
    expect(invites.list()).toHaveLength(3);
    await invites.prune(1_001 + 30 * DAY_MS);
    expect(invites.list().map(({ id }) => id)).toEqual([idOf(16, 3), idOf(16, 2)]);
    await invites.prune(2_001 + 30 * DAY_MS);
    expect(invites.list()).toEqual([invite(2, { expiresAt: 90 * DAY_MS })]);
  });
});
