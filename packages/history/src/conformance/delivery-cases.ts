import assert from 'node:assert/strict';
import type { ConformanceCase } from './conforming-history.js';
import { ada, addContacts, ben, idOf, incoming, keyOf, rejectsWith } from './sample.js';

const psk = new Uint8Array(32).fill(5);
const invite = { id: idOf(16, 1), psk, createdAt: 0, expiresAt: 100, urls: ['wss://a'] };

const claimOf = (bearer: Uint8Array, at = 1) => ({
  id: invite.id,
  bearer,
  at,
  contact: { id: bearer, name: 'Guest', isNamed: false, addedAt: at },
});

export const deliveryCases: readonly ConformanceCase[] = [
  {
    name: 'an invite lets one bearer in, until it is revoked or over',
    run: async ({ invites, contacts }) => {
      await contacts.add({ id: idOf(32, 9), name: 'guest', addedAt: 0 });
      await invites.add(invite);
      assert.deepEqual(invites.list(), [invite]);
      assert.equal(await invites.claim(claimOf(ada)), 'claimed');
      assert.equal(await invites.claim(claimOf(ada, 2)), 'claimed');
      assert.equal(await invites.claim(claimOf(ben)), 'taken');
      assert.equal(contacts.get(ada)?.name, 'Guest (2)');
      assert.equal(contacts.get(ben), undefined);
      assert.equal(invites.open(99).length, 1);
      assert.equal(await invites.claim(claimOf(ada, 100)), 'closed');
      await invites.revokeOf(ada, 3);
      assert.equal(await invites.revoke(invite.id, 4), false);
      assert.deepEqual(invites.get(invite.id), {
        ...invite,
        psk: undefined,
        bearer: ada,
        usedAt: 1,
        revokedAt: 3,
      });
    },
  },
  {
    name: 'an invite does not let in who is blocked, and its secret goes with its time',
    run: async ({ invites, contacts, requests }) => {
      await invites.add(invite);
      await contacts.add({ id: ada, name: 'Ada', addedAt: 0 });
      await contacts.setBlocked(ada, true);
      await requests.block(ben, 0);
      assert.equal(await invites.claim(claimOf(ada)), 'closed');
      assert.equal(await invites.claim(claimOf(ben)), 'closed');
      await rejectsWith('misuse', invites.claim({ ...claimOf(ben), bearer: ada }));
      await invites.prune(100);
      assert.equal(invites.get(invite.id)?.psk, undefined);
      await invites.prune(101 + 30 * 24 * 3_600_000);
      assert.deepEqual(invites.list(), []);
    },
  },
  {
    name: 'requests are bounded, and end when the stranger is blocked or a contact',
    run: async ({ contacts, requests }) => {
      const limit = { limit: 2 };
      assert.equal(await requests.add({ id: ada, receivedAt: 1 }, limit), 'added');
      assert.equal(await requests.add({ id: ada, receivedAt: 2 }, limit), 'known');
      assert.equal(await requests.add({ id: ben, receivedAt: 3 }, limit), 'added');
      assert.equal(await requests.add({ id: idOf(32, 3), receivedAt: 4 }, limit), 'full');
      assert.deepEqual(
        requests.list().map(({ receivedAt }) => receivedAt),
        [3, 1],
      );
      await requests.block(ada, 5);
      assert.equal(await requests.add({ id: ada, receivedAt: 6 }, limit), 'known');
      assert.deepEqual(requests.listBlocked(), [{ id: ada, blockedAt: 5 }]);
      await contacts.add({ id: ben, name: 'Ben', addedAt: 0 });
      assert.deepEqual(requests.list(), []);
      assert.equal(await requests.unblock(ada), true);
      assert.equal(requests.isBlocked(ada), false);
      assert.equal(await requests.remove(ben), false);
    },
  },
  {
    name: 'a file is a message, and its transfer ends once',
    run: async (store) => {
      await addContacts(store);
      const temporaryPath = '/boat.part';
      const offer = { ...incoming(1, { text: 'boat.png' }), file: { size: 10, temporaryPath } };
      const key = keyOf(offer);
      assert.deepEqual(await store.transfers.add(offer), { inserted: true });
      assert.deepEqual(await store.transfers.add(offer), { inserted: false });
      assert.equal(store.messages.find(key)?.file?.state, 'offered');
      assert.equal(store.transfers.get(key)?.temporaryPath, temporaryPath);
      const hashState = new Uint8Array([1]);
      await store.transfers.update(key, { state: 'transferring', bytes: 4, hashState });
      assert.deepEqual(store.transfers.get(key)?.hashState, hashState);
      assert.equal(store.transfers.unfinished(ada).length, 1);
      await rejectsWith('misuse', store.transfers.update(key, { bytes: 11 }));
      await rejectsWith('misuse', store.transfers.update(key, { state: 'offered' }));
      await store.transfers.update(key, { state: 'done', bytes: 10, path: '/x' });
      assert.equal(await store.transfers.update(key, { state: 'failed' }), false);
      assert.deepEqual(store.messages.find(key)?.file, {
        size: 10,
        bytes: 10,
        state: 'done',
        isFolder: false,
        path: '/x',
      });
      assert.equal(store.transfers.get(key)?.hashState, undefined);
      assert.deepEqual(store.transfers.unfinished(), []);
      assert.equal(store.transfers.list({ limit: 9 }).length, 1);
    },
  },
  {
    name: 'what a contact still wants to send is known',
    run: async (store) => {
      await addContacts(store);
      const offers = [1, 2, 3].map((number) => ({
        ...incoming(number, { text: `${number}.png` }),
        file: { size: 10 },
      }));
      for (const offer of offers) await store.transfers.add(offer);
      const [first, second] = offers.map(keyOf);
      assert.ok(first && second);
      await store.transfers.update(first, { state: 'transferring', bytes: 4 });
      const known = { undecided: 2, accepted: 1 };
      assert.deepEqual(store.transfers.incoming(ada), known);
      await store.transfers.update(first, { state: 'done', bytes: 10, path: '/x' });
      await store.transfers.update(second, { state: 'declined' });
      const left = { undecided: 1, accepted: 0 };
      assert.deepEqual(store.transfers.incoming(ada), left);
      assert.deepEqual(store.transfers.incoming(ben), { ...left, undecided: 0 });
    },
  },
];
