// Invites from the host's side: Spec 2.7, 6 and 8.9.
import { encodeId } from '@gravy/identity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageIdFromText } from '../../src/core/delivery/text-ids.js';
import { HostDoorkeeper } from '../../src/core/hosting/doorkeeper.js';
import { Invites } from '../../src/core/hosting/invites.js';
import { Requests } from '../../src/core/hosting/requests.js';
import type { ProvenGuest } from '../../src/core/ports/network.js';
import type { SessionRegistry } from '../../src/core/sessions/session-registry.js';
import { CoreParts } from '../core-parts.js';
import { OWN_KEY, PEER_KEY } from '../sessions/hand-session.js';

const URLS = ['wss://ada.example'];
const HOUR_S = 3_600;

const idOf = (number: number): Uint8Array => new Uint8Array(32).fill(number);

describe('an invite', () => {
  let parts: CoreParts;
  let invites: Invites;
  let doorkeeper: HostDoorkeeper;
  beforeEach(async () => {
    parts = await CoreParts.open();
    const { store, contacts: book, text, events, now } = parts;
    invites = new Invites({ store: store.invites, book, text, events, now, ownId: OWN_KEY.id });
    const requests = new Requests({
      store: store.requests,
      contacts: store.contacts,
      book,
      text,
      events,
      now,
    });
    doorkeeper = new HostDoorkeeper({
      contacts: book,
      invites,
      requests,
      sessions: undefined as unknown as SessionRegistry, // nobody is received here
      now,
      policy: 'contacts',
      reach: 'loopback',
    });
  });
  afterEach(() => parts.end());

  const create = async (contactName?: string): Promise<Uint8Array> => {
    const wanted = { contactName, expiresInSeconds: HOUR_S, urls: URLS, ownName: 'ada' };
    return messageIdFromText((await invites.create(wanted)).id);
  };
  const comes = (id: Uint8Array, invite?: Uint8Array): Promise<boolean> => {
    const guest: ProvenGuest = {
      id,
      invite,
      signal: new AbortController().signal,
      hold: () => undefined,
    };
    return doorkeeper.authorize(guest);
  };
  const state = (): string | undefined => invites.list()[0]?.state;

  it('lets its first bearer in, as a contact, and nobody else', async () => {
    const invite = await create();
    expect(await comes(idOf(1), invite)).toBe(true);
    expect(state()).toBe('used');
    expect(parts.store.contacts.get(idOf(1))).toMatchObject({ isNamed: false });
    expect(await comes(idOf(2), invite)).toBe(false);
    expect(parts.store.contacts.get(idOf(2))).toBeUndefined();
    expect(parts.eventsOf('invite.changed').map((told) => told.state)).toEqual(['open', 'used']);
    expect(parts.eventsOf('contact.changed')).toEqual([{ contact: encodeId(idOf(1)) }]);
  });

  it('goes to exactly one of many who come with it at once', async () => {
    const invite = await create();
    const answers = await Promise.all([1, 2, 3, 4, 5].map((number) => comes(idOf(number), invite)));
    expect(answers).toEqual([true, false, false, false, false]);
  });

  it('is not burnt by a message 4 that got lost: its bearer may come again with it until it expires', async () => {
    const invite = await create();
    expect(await comes(idOf(1), invite)).toBe(true);
    expect(doorkeeper.openInvites().map(({ key }) => key)).toEqual([invite]);
    expect(await comes(idOf(1), invite)).toBe(true);
    parts.clock.advance(HOUR_S * 1_000);
    expect(doorkeeper.openInvites()).toEqual([]);
    expect(await comes(idOf(1), undefined)).toBe(true); // as a contact
  });

  it.each(['removed', 'blocked'])('does not bring back a bearer who was %s', async (how) => {
    const invite = await create();
    await comes(idOf(1), invite);
    if (how === 'blocked') await parts.store.contacts.setBlocked(idOf(1), true);
    else {
      await parts.store.contacts.remove(idOf(1));
      await invites.revokeOf(idOf(1));
      expect(doorkeeper.openInvites()).toEqual([]);
    }
    expect(await comes(idOf(1), invite)).toBe(false);
  });

  it('is of no use once revoked or expired, also to who is in the midst of a handshake with it', async () => {
    const [revoked, expired] = [await create(), await create()];
    await invites.revoke(invites.list().at(-1)?.id ?? '');
    await invites.revoke(invites.list().at(-1)?.id ?? '');
    expect(await comes(idOf(1), revoked)).toBe(false);
    parts.clock.advance(HOUR_S * 1_000);
    expect(await comes(idOf(1), expired)).toBe(false);
    expect(invites.list().map((listed) => listed.state)).toEqual(['expired', 'revoked']);
    expect(parts.eventsOf('invite.changed').map((told) => told.state)).toEqual([
      'open',
      'open',
      'revoked',
    ]);
    await expect(invites.revoke('x')).rejects.toMatchObject({ code: 'no_such_invite' });
  });

  it('stays open when a contact comes with it', async () => {
    const invite = await create();
    expect(await comes(PEER_KEY.id, invite)).toBe(true);
    expect(state()).toBe('open');
    expect(await comes(idOf(1), invite)).toBe(true);
  });

  it('gives its bearer the name it was made for, or one like it if that is taken meanwhile', async () => {
    const [one, two] = [await create('Carol'), await create('Carol')];
    await comes(idOf(1), one);
    await comes(idOf(2), two);
    expect(parts.store.contacts.get(idOf(1))).toMatchObject({ name: 'Carol', isNamed: true });
    expect(parts.store.contacts.get(idOf(2))).toMatchObject({ name: 'Carol (2)', isNamed: true });
    await expect(create('carol')).rejects.toMatchObject({ code: 'contact_exists' });
  });

  it('is one of 32 at most, until one of them ends', async () => {
    for (let count = 0; count < 32; count += 1) await create();
    await expect(create()).rejects.toMatchObject({ code: 'too_many_invites' });
    expect(doorkeeper.openInvites()).toHaveLength(32);
    parts.clock.advance(HOUR_S * 1_000);
    await create();
    expect(doorkeeper.openInvites()).toHaveLength(1);
  });

  it('needs urls that others can use', async () => {
    const wanted = { expiresInSeconds: HOUR_S, ownName: '' };
    await expect(invites.create({ ...wanted, urls: [] })).rejects.toMatchObject({
      code: 'not_hosting',
    });
    const odd = invites.create({ ...wanted, urls: ['https://ada.example'] });
    await expect(odd).rejects.toMatchObject({ code: 'invalid_url' });
  });
});
