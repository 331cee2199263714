import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactAddress } from '../src/index.js';
import { FreshStore, idOf } from './fresh-store.js';

const ada = idOf(32, 1);
const ben = idOf(32, 2);

describe('contacts', () => {
  let fresh: FreshStore;
  const add = (id: Uint8Array, name: string): Promise<void> =>
    fresh.store.contacts.add({ id, name, addedAt: 5 });

  beforeEach(() => {
    fresh = new FreshStore();
  });
  afterEach(() => fresh.end());

  it('are found by id and name, also after reopening', async () => {
    const addresses = [given('ws://a')];
    await fresh.store.contacts.add({ id: ada, name: 'Ada', addedAt: 7, addresses });
    fresh.reopen();
    const expected = {
      id: ada,
      name: 'Ada',
      isNamed: true,
      verified: false,
      blocked: false,
      addresses,
      addressSequence: 0,
      addedAt: 7,
    };
    expect(fresh.store.contacts.get(ada)).toEqual(expected);
    expect(fresh.store.contacts.findByName('aDA')).toEqual(expected);
    expect(fresh.store.contacts.get(ben)).toBeUndefined();
  });

  it('have one id and one name each, whatever its case and composition', async () => {
    await add(ada, 'Zo\u00EB');
    await expect(add(ada, 'x')).rejects.toMatchObject({ code: 'contact_exists', field: 'id' });
    await expect(add(ben, 'ZOE\u0308')).rejects.toMatchObject({
      code: 'contact_exists',
      field: 'name',
    });
    await add(ben, 'Ben');
    const rename = fresh.store.contacts.rename(ben, 'zo\u00EB');
    await expect(rename).rejects.toMatchObject({ code: 'contact_exists', field: 'name' });
    await fresh.store.contacts.rename(ben, 'BEN');
    expect(fresh.store.contacts.list().map(({ name }) => name)).toEqual(['BEN', 'Zo\u00EB']);
  });

  it('leave their history behind when removed, and find it when added again', async () => {
    await add(ada, 'Ada');
    await fresh.store.contacts.setVerified(ada, true);
    await fresh.store.contacts.setBlocked(ada, true);
    await fresh.store.messages.append(message(ada, 'kept'));
    await fresh.store.contacts.remove(ada);
    expect(fresh.store.contacts.list()).toEqual([]);
    expect(fresh.store.contacts.findByName('Ada')).toBeUndefined();
    await add(ben, 'Ada');
    await add(ada, 'Ada the first');
    const back = fresh.store.contacts.list().find(({ name }) => name === 'Ada the first');
    expect(back).toMatchObject({ verified: false, blocked: false, unread: 1 });
    expect(back?.lastMessage?.text).toBe('kept');
  });

  it('keep name and history with another key, but not the verification', async () => {
    await add(ada, 'Ada');
    await fresh.store.messages.append(message(ada, 'old key'));
    await fresh.store.contacts.setVerified(ada, true);
    await fresh.store.contacts.replaceKey(ada, ben);
    expect(fresh.store.contacts.get(ada)).toBeUndefined();
    expect(fresh.store.contacts.get(ben)).toMatchObject({ name: 'Ada', verified: false });
    const { messages } = fresh.store.messages.page({ contact: ben, limit: 9 });
    expect(messages).toMatchObject([{ text: 'old key', contact: ben }]);
  });

  it('take over the history of a removed contact whose key they get', async () => {
    await add(ada, 'Ada');
    await add(ben, 'Ada, new phone');
    await fresh.store.messages.append(message(ben, 'from the new phone'));
    await expect(fresh.store.contacts.replaceKey(ada, ben)).rejects.toMatchObject({ field: 'id' });
    await fresh.store.contacts.remove(ben);
    await fresh.store.contacts.replaceKey(ada, ben);
    expect(fresh.store.contacts.list()).toMatchObject([{ name: 'Ada', unread: 1 }]);
  });

  it('may bear a name that nobody here gave them, until somebody does', async () => {
    const { contacts } = fresh.store;
    await contacts.add({ id: ada, name: 'Guest', isNamed: false, addedAt: 0 });
    expect(contacts.get(ada)).toMatchObject({ name: 'Guest', isNamed: false });
    await contacts.rename(ada, 'ada@home', false);
    expect(contacts.get(ada)).toMatchObject({ name: 'ada@home', isNamed: false });
    await contacts.rename(ada, 'Ada');
    expect(contacts.get(ada)).toMatchObject({ name: 'Ada', isNamed: true });
  });

  it('keep addresses in order, with their origin and the number of the record they came from', async () => {
    const { contacts } = fresh.store;
    await add(ada, 'Ada');
    const addresses = [announced('wss://b'), given('ws://a'), announced('ws://10.0.0.1')];
    await contacts.setAddresses(ada, addresses, 1_760_000_000_000);
    fresh.reopen();
    const expected = { addresses, addressSequence: 1_760_000_000_000 };
    expect(fresh.store.contacts.get(ada)).toMatchObject(expected);
    await fresh.store.contacts.setAddresses(ada, [given('ws://a')]);
    const rest = { addresses: [given('ws://a')], addressSequence: 1_760_000_000_000 };
    expect(fresh.store.contacts.get(ada)).toMatchObject(rest);
  });

  it('forget with their key what the old key announced, and with their place in the list all of it', async () => {
    const { contacts } = fresh.store;
    await add(ada, 'Ada');
    await contacts.setAddresses(ada, [announced('wss://b'), given('ws://a')], 9);
    await contacts.replaceKey(ada, ben);
    const kept = { addresses: [given('ws://a')], addressSequence: 0 };
    expect(contacts.get(ben)).toMatchObject(kept);
    await contacts.setAddresses(ben, [announced('wss://c')], 10);
    await contacts.remove(ben);
    await add(ben, 'Ben');
    expect(contacts.get(ben)).toMatchObject({ addresses: [], addressSequence: 0 });
  });

  it('that are removed get nothing more: what was on its way to them has failed', async () => {
    const { contacts, messages } = fresh.store;
    await add(ada, 'Ada');
    await add(ben, 'Ben');
    const states = ['queued', 'sent', 'delivered', 'read', 'cancelled', 'failed'] as const;
    const outgoing = { direction: 'out', at: 0, text: 'x' } as const;
    for (const [number, state] of states.entries()) {
      for (const contact of [ada, ben]) {
        await messages.append({ ...outgoing, id: idOf(16, number), contact, state });
      }
    }
    await messages.append({ ...message(ada, 'from Ada'), id: idOf(16, 7) });
    expect(await contacts.remove(ada)).toEqual([idOf(16, 0), idOf(16, 1)]);
    const statesOf = (contact: Uint8Array): string[] =>
      messages.page({ contact, limit: 9 }).messages.map(({ state }) => state);
    expect(statesOf(ada)).toEqual(['failed', 'failed', ...states.slice(2), 'delivered']);
    expect(statesOf(ben)).toEqual(states);
    await add(ada, 'Ada');
    expect(messages.unfinished(ada, { limit: 9 })).toEqual([]);
  });

  it('that are not listed cannot be changed', async () => {
    const { contacts } = fresh.store;
    const none = { code: 'no_such_contact' };
    await expect(contacts.rename(ada, 'x')).rejects.toMatchObject(none);
    await expect(contacts.remove(ada)).rejects.toMatchObject(none);
    await expect(contacts.setBlocked(ada, true)).rejects.toMatchObject(none);
    await expect(contacts.setAddresses(ada, [])).rejects.toMatchObject(none);
    await expect(contacts.replaceKey(ada, ben)).rejects.toMatchObject(none);
  });
});

function given(url: string): ContactAddress {
  return { url, origin: 'user', publicOnly: false };
}

function announced(url: string): ContactAddress {
  return { url, origin: 'contact', publicOnly: true };
}

function message(contact: Uint8Array, text: string) {
  return {
    id: idOf(16, 1),
    contact,
    direction: 'in',
    at: 1,
    receivedAt: 2,
    text,
    state: 'delivered',
  } as const;
}
