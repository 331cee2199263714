import assert from 'node:assert/strict';
import type { ConformanceCase } from './conforming-history.js';
import { ada, addContacts, ben, idOf, incoming, keyOf, outgoing, rejectsWith } from './sample.js';

const idsOf = (...numbers: number[]): Uint8Array[] => numbers.map((number) => idOf(16, number));

export const messageCases: readonly ConformanceCase[] = [
  {
    name: 'a message is stored once, in the order of storing, of a contact only',
    run: async (store) => {
      await addContacts(store);
      assert.deepEqual(await store.messages.append(outgoing(2)), { inserted: true });
      assert.deepEqual(await store.messages.append(incoming(2)), { inserted: true });
      assert.deepEqual(await store.messages.append(outgoing(2, { text: 'x' })), {
        inserted: false,
      });
      await store.messages.append(outgoing(1));
      const { messages, more } = store.messages.page({ contact: ada, limit: 9 });
      assert.deepEqual(
        messages.map(({ at }) => at),
        [2, 2, 1],
      );
      assert.equal(more, false);
      assert.equal(messages[0]?.text, 'text 2');
      const stranger = outgoing(1, { contact: idOf(32, 9) });
      await rejectsWith('no_such_contact', store.messages.append(stranger));
      const places = store.messages.locate(idOf(16, 2)).map(({ direction }) => direction);
      assert.deepEqual(places.toSorted(), ['in', 'out']);
    },
  },
  {
    name: 'pages leave nothing out and repeat nothing, in both directions',
    run: async (store) => {
      await addContacts(store);
      for (let number = 0; number < 10; number += 1) {
        await store.messages.append(outgoing(number, { contact: number % 3 === 0 ? ben : ada }));
      }
      const newest = store.messages.page({ contact: ada, limit: 4 });
      assert.deepEqual(
        newest.messages.map(({ at }) => at),
        [4, 5, 7, 8],
      );
      assert.equal(newest.more, true);
      const before = keyOf(outgoing(4));
      const rest = store.messages.page({ contact: ada, before, limit: 4 });
      assert.deepEqual(
        rest.messages.map(({ at }) => at),
        [1, 2],
      );
      assert.equal(rest.more, false);
      const after = rest.messages[0]?.sequence;
      const forward = store.messages.from(ada, { after, limit: 2 });
      assert.deepEqual(
        forward.map(({ at }) => at),
        [2, 4],
      );
    },
  },
  {
    name: 'outgoing messages move forward only',
    run: async (store) => {
      await addContacts(store);
      const ids = [idOf(16, 1), idOf(16, 2)];
      await store.messages.append(outgoing(1));
      await store.messages.append(outgoing(2));
      const sent = { contact: ada, ids, state: 'sent' } as const;
      assert.deepEqual(await store.messages.setState(sent), ids);
      assert.deepEqual(await store.messages.setState(sent), []);
      const delivered = { contact: ada, ids: [idOf(16, 1)], state: 'delivered' } as const;
      assert.deepEqual(await store.messages.setState(delivered), [idOf(16, 1)]);
      const cancelled = { contact: ada, ids, state: 'cancelled' } as const;
      assert.deepEqual(await store.messages.setState(cancelled), []);
      const unfinished = store.messages.unfinished(ada, { limit: 9 });
      assert.deepEqual(
        unfinished.map(({ at }) => at),
        [2],
      );
    },
  },
  {
    name: 'what was sent is marked by its places, and nothing between them or elsewhere',
    run: async (store) => {
      await addContacts(store);
      const { messages } = store;
      for (const number of [1, 2, 3, 5, 6, 7]) await messages.append(outgoing(number));
      await messages.append({ ...outgoing(8), contact: ben });
      await messages.append(incoming(9));
      await messages.setState({ contact: ada, ids: idsOf(2), state: 'cancelled' });
      await messages.setState({ contact: ada, ids: idsOf(7), state: 'delivered' });
      const place = (number: number): number =>
        messages.find(keyOf(outgoing(number)))?.sequence ?? 0;
      const elsewhere = messages.find(keyOf({ ...outgoing(8), contact: ben }))?.sequence ?? 0;
      const handed = [1, 2, 3, 6, 7].map(place);
      assert.deepEqual(await messages.markSent(ada, [...handed, elsewhere]), idsOf(1, 3, 6));
      assert.deepEqual(await messages.markSent(ada, handed), []);
      const states = messages.from(ada, { limit: 9 }).map(({ state }) => state);
      const expected = ['sent', 'cancelled', 'sent', 'queued', 'sent', 'delivered', 'delivered'];
      assert.deepEqual(states, expected);
      assert.equal(messages.from(ben, { limit: 9 })[0]?.state, 'queued');
    },
  },
  {
    name: 'what was read is reported once, if it is to be',
    run: async (store) => {
      await addContacts(store);
      for (const number of [1, 2, 3]) await store.messages.append(incoming(number));
      const { messages } = store;
      const first = await messages.markRead(keyOf(incoming(1)), { report: false });
      assert.deepEqual(first, [idOf(16, 1)]);
      await messages.markRead(keyOf(incoming(3)), { report: true });
      assert.deepEqual(messages.unreported(ada, 1), [idOf(16, 2)]);
      await messages.markReported(ada, [idOf(16, 2)]);
      assert.deepEqual(messages.unreported(ada, 9), [idOf(16, 3)]);
      assert.equal(store.contacts.list()[0]?.unread, 0);
    },
  },
  {
    name: 'what was deleted does not come back with a repeat',
    run: async (store) => {
      await addContacts(store);
      await store.messages.append(incoming(1));
      assert.equal(await store.messages.delete(keyOf(incoming(1))), true);
      assert.equal(await store.messages.delete(keyOf(incoming(1))), false);
      assert.deepEqual(await store.messages.append(incoming(1)), { inserted: false });
      await store.messages.append(incoming(2));
      await store.messages.append(incoming(2, { contact: ben }));
      assert.equal(await store.messages.deleteAll(ada), 1);
      assert.equal(store.messages.page({ contact: ben, limit: 9 }).messages.length, 1);
    },
  },
  {
    name: 'a search finds all words, each by its beginning, newest first',
    run: async (store) => {
      await addContacts(store);
      const texts = ['Straße am Fluss', 'STRASSEN', '北京大学的学生', 'no 👍🏽', 'am strand'];
      for (const [number, text] of texts.entries()) {
        await store.messages.append(incoming(number, { text, contact: number === 1 ? ben : ada }));
      }
      const found = async (query: string, contact?: Uint8Array): Promise<number[]> => {
        const { matches, total } = await store.search.find({ query, contact, limit: 9 });
        assert.equal(total, matches.length);
        return matches.map(({ message }) => message.at);
      };
      assert.deepEqual(await found('stra'), [4, 1, 0]);
      assert.deepEqual(await found('strasse'), [1, 0]);
      assert.deepEqual(await found('strasse', ada), [0]);
      assert.deepEqual(await found('AM stra'), [4, 0]);
      assert.deepEqual(await found('大学'), [2]);
      assert.deepEqual(await found('学的学'), [2]);
      assert.deepEqual(await found('👍'), [3]);
      assert.deepEqual(await found('!'), []);
      const page = await store.search.find({ query: 'stra', limit: 1, offset: 1 });
      assert.deepEqual(
        page.matches.map(({ message }) => message.at),
        [1],
      );
      assert.equal(page.total, 3);
      assert.deepEqual(page.matches[0]?.snippet, { text: 'STRASSEN', highlights: [[0, 4]] });
    },
  },
];
