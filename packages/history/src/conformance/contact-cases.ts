import assert from 'node:assert/strict';
import type { ContactAddress } from '../contact-address.js';
import type { ConformanceCase } from './conforming-history.js';
import { ada, addContacts, ben, idOf, incoming, keyOf, outgoing, rejectsWith } from './sample.js';

const given: ContactAddress = { url: 'ws://a', origin: 'user', publicOnly: false };
const announced: ContactAddress = { url: 'wss://b', origin: 'contact', publicOnly: true };

export const contactCases: readonly ConformanceCase[] = [
  {
    name: 'contacts are listed by name, and found by id and by name in any case',
    run: async (store) => {
      await store.contacts.add({ id: ben, name: 'Zo\u00EB', addedAt: 1, addresses: [given] });
      await store.contacts.add({ id: ada, name: 'ada', addedAt: 2, isNamed: false });
      const names = store.contacts.list().map(({ name }) => name);
      assert.deepEqual(names, ['ada', 'Zo\u00EB']);
      assert.deepEqual(store.contacts.findByName('ZOE\u0308')?.id, ben);
      assert.deepEqual(store.contacts.get(ada), {
        id: ada,
        name: 'ada',
        isNamed: false,
        verified: false,
        blocked: false,
        addresses: [],
        addressSequence: 0,
        addedAt: 2,
      });
      assert.equal(store.contacts.get(idOf(32, 3)), undefined);
    },
  },
  {
    name: 'an id and a name belong to one contact at a time',
    run: async (store) => {
      await addContacts(store);
      const again = { id: ada, name: 'Cyd', addedAt: 1 };
      await rejectsWith('contact_exists', store.contacts.add(again));
      const other = { id: idOf(32, 3), name: 'ADA', addedAt: 1 };
      await rejectsWith('contact_exists', store.contacts.add(other));
      await rejectsWith('contact_exists', store.contacts.rename(ben, 'ada'));
      await rejectsWith('no_such_contact', store.contacts.rename(idOf(32, 3), 'Cyd'));
      await store.contacts.rename(ada, 'ADA', false);
      assert.equal(store.contacts.get(ada)?.isNamed, false);
    },
  },
  {
    name: 'a removed contact leaves its messages, and what was on its way has failed',
    run: async (store) => {
      await addContacts(store);
      await store.messages.append(outgoing(1));
      await store.messages.append(incoming(2));
      assert.deepEqual(await store.contacts.remove(ada), [idOf(16, 1)]);
      assert.equal(store.contacts.get(ada), undefined);
      assert.equal(store.messages.find(keyOf(outgoing(1)))?.state, 'failed');
      await store.contacts.add({ id: ada, name: 'Ada again', addedAt: 9 });
      const back = store.contacts.list().find(({ name }) => name === 'Ada again');
      assert.deepEqual(back && store.contacts.getListed(back.id), back);
      assert.equal(back?.unread, 1);
      assert.equal(back.lastMessage?.text, 'text 2');
    },
  },
  {
    name: 'another key keeps history and given addresses, and resets the rest',
    run: async (store) => {
      await addContacts(store);
      await store.messages.append(incoming(1));
      await store.contacts.setVerified(ada, true);
      await store.contacts.setAddresses(ada, [announced, given], 7);
      assert.equal(store.contacts.get(ada)?.addressSequence, 7);
      await rejectsWith('contact_exists', store.contacts.replaceKey(ada, ben));
      await store.contacts.remove(ben);
      await store.contacts.replaceKey(ada, ben);
      const replaced = store.contacts.get(ben);
      assert.deepEqual(replaced?.addresses, [given]);
      assert.equal(replaced.addressSequence, 0);
      assert.equal(replaced.verified, false);
      assert.equal(store.messages.page({ contact: ben, limit: 9 }).messages.length, 1);
      assert.equal(store.messages.page({ contact: ada, limit: 9 }).messages.length, 0);
    },
  },
  {
    name: 'settings are texts by name',
    run: async ({ settings }) => {
      assert.equal(settings.get('theme'), undefined);
      await settings.set('theme', 'dark');
      await settings.set('theme', 'light');
      assert.equal(settings.get('theme'), 'light');
      await settings.delete('theme');
      assert.equal(settings.get('theme'), undefined);
    },
  },
];
