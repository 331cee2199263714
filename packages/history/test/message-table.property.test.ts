import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageState } from '../src/index.js';
import { FreshStore, idOf } from './fresh-store.js';

const settings = { seed: 20_261_123, numRuns: 40 };
const contact = idOf(32, 1);
const outgoing = { contact, direction: 'out', at: 0, text: 'x' } as const;

/** What a state may be followed by, written out once more, as a table of its own. */
const NEXT: Readonly<Record<MessageState, readonly MessageState[]>> = {
  queued: ['sent', 'delivered', 'read', 'failed', 'cancelled'],
  sent: ['delivered', 'read', 'failed'],
  delivered: ['read'],
  read: [],
  failed: ['delivered', 'read'],
  cancelled: ['delivered', 'read'],
};
const STATES = Object.keys(NEXT) as MessageState[];

describe('messages', () => {
  let fresh: FreshStore;
  let nextNumber = 0;

  beforeEach(async () => {
    fresh = new FreshStore();
    nextNumber = 0;
    await fresh.store.contacts.add({ id: contact, name: 'Ada', addedAt: 0 });
  });
  afterEach(() => fresh.end());

  it('pass through their states in the order that is allowed, whatever is asked', async () => {
    const steps = fc.array(fc.constantFrom(...STATES), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (asked) => {
        const id = idOf(16, (nextNumber += 1));
        const { messages } = fresh.store;
        await messages.append({ ...outgoing, id, state: 'queued' });
        let expected: MessageState = 'queued';
        for (const state of asked) {
          const isAllowed: boolean = NEXT[expected].includes(state);
          const changed = await messages.setState({ contact, ids: [id, id], state });
          expect(changed).toEqual(isAllowed ? [id] : []);
          if (isAllowed) expected = state;
          expect(messages.find({ contact, direction: 'out', id })?.state).toBe(expected);
        }
      }),
      settings,
    );
  });

  it('are paged without gap or repeat, with any limit, while another one arrives', async () => {
    const { contacts, messages } = fresh.store;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        async (count, limit) => {
          const peer = idOf(32, (nextNumber += 100));
          const append = (number: number): Promise<unknown> =>
            messages.append({
              ...outgoing,
              contact: peer,
              id: idOf(16, number),
              text: String(number),
              state: 'queued',
            });
          await contacts.add({ id: peer, name: String(nextNumber), addedAt: 0 });
          await Promise.all(Array.from({ length: count }, (_, number) => append(number)));
          const seen: string[] = [];
          let page = messages.page({ contact: peer, limit });
          await append(count);
          for (;;) {
            expect(page.messages.length).toBeLessThanOrEqual(limit);
            seen.unshift(...page.messages.map(({ text }) => text));
            const [oldest] = page.messages;
            if (!page.more || oldest === undefined) break;
            page = messages.page({ contact: peer, before: oldest, limit });
          }
          expect(seen).toEqual(Array.from({ length: count }, (_, number) => String(number)));
        },
      ),
      settings,
    );
  });

  it('of two identities that used one id all stay when one becomes the other', async () => {
    const { contacts, messages } = fresh.store;
    const other = idOf(32, 2);
    await contacts.add({ id: other, name: 'Ada, new phone', addedAt: 0 });
    for (const from of [contact, other]) {
      const incoming = { contact: from, direction: 'in', state: 'delivered' } as const;
      for (const number of [1, from === other ? 2 : 3]) {
        const text = `${number} of ${from === other ? 'new' : 'old'}`;
        await messages.append({ ...incoming, at: 0, id: idOf(16, number), text });
      }
    }
    await contacts.remove(other);
    await contacts.replaceKey(contact, other);
    const texts = messages.page({ contact: other, limit: 9 }).messages.map(({ text }) => text);
    expect(texts).toEqual(['1 of old', '3 of old', '1 of new', '2 of new']);
    expect(messages.page({ contact, limit: 9 }).messages).toEqual([]);
  });
});
