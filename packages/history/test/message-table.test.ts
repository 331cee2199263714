import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageState, NewMessage } from '../src/index.js';
import { FreshStore, idOf } from './fresh-store.js';

const ada = idOf(32, 1);
const ben = idOf(32, 2);

function message(number: number, rest: Partial<NewMessage> = {}): NewMessage {
  const base = { contact: ada, direction: 'out', at: number, state: 'queued' } as const;
  return { id: idOf(16, number), text: `text ${number}`, ...base, ...rest };
}

describe('messages', () => {
  let fresh: FreshStore;

  beforeEach(async () => {
    fresh = new FreshStore();
    await fresh.store.contacts.add({ id: ada, name: 'Ada', addedAt: 0 });
    await fresh.store.contacts.add({ id: ben, name: 'Ben', addedAt: 0 });
  });
  afterEach(() => fresh.end());

  it('come back as they were stored', async () => {
    const texts = [
      '\u{1F469}\u200D\u{1F467}',
      '你好',
      'a\u0000b',
      `'"; DROP TABLE messages`,
      'x'.repeat(65_536),
    ];
    for (const [number, text] of texts.entries()) {
      const stored = message(number, { text, direction: 'in', state: 'delivered', receivedAt: 9 });
      await fresh.store.messages.append({ ...stored, replyTo: idOf(16, 77) });
    }
    fresh.reopen();
    const { messages } = fresh.store.messages.page({ contact: ada, limit: 10 });
    expect(messages.map(({ text }) => text)).toEqual(texts);
    expect(messages[0]).toMatchObject({ receivedAt: 9, replyTo: idOf(16, 77), direction: 'in' });
  });

  it('are stored once, however often they are repeated', async () => {
    const { messages } = fresh.store;
    expect(await messages.append(message(1))).toEqual({ inserted: true });
    expect(await messages.append(message(1, { text: 'other' }))).toEqual({ inserted: false });
    const key = { contact: ada, direction: 'out', id: idOf(16, 1) } as const;
    expect(messages.find(key)?.text).toBe('text 1');
    expect(await messages.append(message(1, { direction: 'in', state: 'delivered' }))).toEqual({
      inserted: true,
    });
    expect(await messages.append(message(1, { contact: ben }))).toEqual({ inserted: true });
  });

  it('of nobody are refused', async () => {
    const stranger = message(1, { contact: idOf(32, 3) });
    await expect(fresh.store.messages.append(stranger)).rejects.toMatchObject({
      code: 'no_such_contact',
    });
    expect(fresh.store.messages.page({ contact: stranger.contact, limit: 1 }).messages).toEqual([]);
  });

  it('move forward only, and tell which ones did', async () => {
    const { messages } = fresh.store;
    const ids = [1, 2, 3].map((number) => idOf(16, number));
    for (const number of [1, 2]) await messages.append(message(number));
    const set = (state: MessageState): Promise<readonly Uint8Array[]> =>
      messages.setState({ contact: ada, ids, state });
    expect(await set('sent')).toEqual(ids.slice(0, 2));
    expect(await set('sent')).toEqual([]);
    expect(await set('delivered')).toEqual(ids.slice(0, 2));
    for (const state of ['queued', 'sent', 'delivered', 'failed', 'cancelled'] as const) {
      expect(await set(state)).toEqual([]);
    }
    expect(await messages.setState({ contact: ben, ids, state: 'read' })).toEqual([]);
    expect(await set('read')).toEqual(ids.slice(0, 2));
  });

  it('that came in are not moved by a peer that acknowledges its own', async () => {
    await fresh.store.messages.append(message(1, { direction: 'in', state: 'delivered' }));
    const change = { contact: ada, ids: [idOf(16, 1)], state: 'read' } as const;
    expect(await fresh.store.messages.setState(change)).toEqual([]);
  });

  it('are paged without gap or repeat, newest last', async () => {
    const { messages } = fresh.store;
    await Promise.all(
      Array.from({ length: 1_000 }, (_, number) =>
        messages.append(message(number, { contact: number % 2 === 0 ? ada : ben })),
      ),
    );
    const seen: string[] = [];
    let page = messages.page({ contact: ada, limit: 70 });
    for (;;) {
      seen.unshift(...page.messages.map(({ text }) => text));
      const [oldest] = page.messages;
      if (!page.more || oldest === undefined) break;
      page = messages.page({ contact: ada, before: oldest, limit: 70 });
    }
    expect(seen).toEqual(Array.from({ length: 500 }, (_, index) => `text ${index * 2}`));
  });

  it('that are unfinished are given oldest first, from any place on', async () => {
    const { messages } = fresh.store;
    for (const number of [1, 2, 3, 4]) await messages.append(message(number));
    await messages.append(message(5, { direction: 'in', state: 'delivered' }));
    await messages.setState({ contact: ada, ids: [idOf(16, 2)], state: 'delivered' });
    await messages.setState({ contact: ada, ids: [idOf(16, 3)], state: 'sent' });
    const texts = (after: number | undefined, limit: number): string[] =>
      messages.unfinished(ada, { after, limit }).map(({ text }) => text);
    expect(texts(undefined, 9)).toEqual(['text 1', 'text 3', 'text 4']);
    expect(texts(undefined, 1)).toEqual(['text 1']);
    const [first] = messages.unfinished(ada, { limit: 1 });
    expect(texts(first?.sequence, 9)).toEqual(['text 3', 'text 4']);
  });

  it('count as unread until they are marked', async () => {
    for (const number of [1, 2, 3]) {
      await fresh.store.messages.append(message(number, { direction: 'in', state: 'delivered' }));
    }
    const unread = (): number | undefined => fresh.store.contacts.list()[0]?.unread;
    expect(unread()).toBe(3);
    const upTo = { contact: ada, direction: 'in', id: idOf(16, 2) } as const;
    const read = { report: false };
    const marked = await fresh.store.messages.markRead(upTo, read);
    expect(marked).toEqual([idOf(16, 1), idOf(16, 2)]);
    expect(await fresh.store.messages.markRead(upTo, read)).toEqual([]);
    expect(unread()).toBe(1);
    expect(fresh.store.messages.unreported(ada, 9)).toEqual([]);
  });

  it('whose reading is to be reported are given until that is done', async () => {
    const incoming = { direction: 'in', state: 'delivered' } as const;
    for (const number of [1, 2, 3, 4]) await fresh.store.messages.append(message(number, incoming));
    await fresh.store.messages.append(message(1, { ...incoming, contact: ben }));
    const upTo = (number: number) =>
      ({ contact: ada, direction: 'in', id: idOf(16, number) }) as const;
    await fresh.store.messages.markRead(upTo(1), { report: false });
    await fresh.store.messages.markRead(upTo(4), { report: true });
    fresh.reopen();
    const { messages } = fresh.store;
    expect(messages.unreported(ada, 2)).toEqual([idOf(16, 2), idOf(16, 3)]);
    await messages.markReported(ada, [idOf(16, 3), idOf(16, 77)]);
    await messages.markReported(ben, [idOf(16, 2)]);
    expect(messages.unreported(ada, 9)).toEqual([idOf(16, 2), idOf(16, 4)]);
    await messages.markReported(ada, [idOf(16, 2), idOf(16, 4)]);
    expect(messages.unreported(ada, 9)).toEqual([]);
    expect(messages.unreported(idOf(32, 9), 9)).toEqual([]);
    await messages.markRead(upTo(4), { report: true });
    expect(messages.unreported(ada, 9)).toEqual([]);
  });

  it('are located by their id alone, and nobody makes that long by choosing one id', async () => {
    const { contacts, messages } = fresh.store;
    const id = idOf(16, 5);
    expect(messages.locate(id)).toEqual([]);
    await messages.append(message(5));
    await messages.append(message(5, { direction: 'in', state: 'delivered' }));
    await messages.append(message(6, { contact: ben }));
    expect(messages.locate(id)).toEqual([
      { contact: ada, direction: 'in', id },
      { contact: ada, direction: 'out', id },
    ]);
    for (let number = 10; number < 40; number += 1) {
      const contact = idOf(32, number);
      await contacts.add({ id: contact, name: `Peer ${number}`, addedAt: 0 });
      await messages.append(message(5, { contact, direction: 'in', state: 'delivered' }));
    }
    expect(messages.locate(id)).toHaveLength(16);
    expect(messages.locate(id)[0]?.contact).toEqual(ada);
  });

  it('that were deleted are gone from everywhere, and do not come back when a peer repeats them', async () => {
    const { messages } = fresh.store;
    for (const direction of ['in', 'out'] as const) {
      const state = direction === 'in' ? 'delivered' : 'queued';
      await messages.append(message(1, { direction, state }));
      const key = { contact: ada, direction, id: idOf(16, 1) };
      expect(await messages.delete(key)).toBe(true);
      expect(await messages.delete(key)).toBe(false);
      expect(messages.find(key)).toBeUndefined();
    }
    expect(messages.unfinished(ada, { limit: 9 })).toEqual([]);
    expect(messages.locate(idOf(16, 1))).toEqual([]);
    const repeat = message(1, { direction: 'in', state: 'delivered' });
    expect(await messages.append(repeat)).toEqual({ inserted: false });
    expect(await messages.append({ ...repeat, contact: ben })).toEqual({ inserted: true });
    const unknown = { contact: idOf(32, 9), direction: 'in', id: idOf(16, 1) } as const;
    expect(await messages.delete(unknown)).toBe(false);
  });
});
