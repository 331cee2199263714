import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileState, MessageKey, NewTransfer } from '../src/index.js';
import { FreshStore, idOf } from './fresh-store.js';

const ada = idOf(32, 1);
const ben = idOf(32, 2);

function offer(number: number, rest: Partial<NewTransfer> = {}): NewTransfer {
  const base = { contact: ada, direction: 'in', at: number, state: 'delivered' } as const;
  return {
    id: idOf(16, number),
    text: `file ${number}.txt`,
    file: { size: 100 },
    ...base,
    ...rest,
  };
}

const keyOf = ({ contact, direction, id }: NewTransfer): MessageKey => ({ contact, direction, id });

describe('transfers', () => {
  let fresh: FreshStore;

  beforeEach(async () => {
    fresh = new FreshStore();
    await fresh.store.contacts.add({ id: ada, name: 'Ada', addedAt: 0 });
    await fresh.store.contacts.add({ id: ben, name: 'Ben', addedAt: 0 });
  });
  afterEach(() => fresh.end());

  const names = (list: readonly { message: { text: string } }[]): string[] =>
    list.map(({ message }) => message.text);

  it('are messages of their conversation, found by their name', async () => {
    const file = {
      size: 7,
      path: '/home/ada/Gravy boat.png',
      mediaType: 'image/png',
      modifiedAt: 5,
      temporaryPath: '/tmp/x.part',
    };
    const sent = offer(1, { direction: 'out', state: 'queued', text: 'Gravy boat.png', file });
    expect(await fresh.store.transfers.add(sent)).toEqual({ inserted: true });
    expect(await fresh.store.transfers.add(sent)).toEqual({ inserted: false });
    fresh.reopen();
    const { messages, transfers, search } = fresh.store;
    const { modifiedAt, temporaryPath, ...shown } = file;
    const stored = { ...shown, bytes: 0, state: 'offered', isFolder: false };
    const [message] = messages.page({ contact: ada, limit: 9 }).messages;
    expect(message).toMatchObject({ text: 'Gravy boat.png', state: 'queued', file: stored });
    expect(messages.unfinished(ada, { limit: 9 })).toEqual([message]);
    expect(transfers.get(keyOf(sent))).toEqual({ message, modifiedAt, temporaryPath });
    expect((await search.find({ query: 'boat png', limit: 9 })).total).toBe(1);
    expect(fresh.store.contacts.list()[0]?.lastMessage).toEqual(message);
    await messages.append({ ...offer(2), text: 'no file' });
    expect(transfers.get(keyOf(offer(2)))).toBeUndefined();
    expect(messages.find(keyOf(offer(2)))).not.toHaveProperty('file');
  });

  it('keep what is needed to go on, until they end', async () => {
    const transfer = offer(1);
    await fresh.store.transfers.add(transfer);
    const key = keyOf(transfer);
    const hashState = new Uint8Array([1, 2, 3]);
    const temporaryPath = '/tmp/x.part';
    const { transfers } = fresh.store;
    const begin = { state: 'transferring', bytes: 40, hashState, temporaryPath } as const;
    expect(await transfers.update(key, begin)).toBe(true);
    await transfers.update(key, { state: 'paused', reason: 'The disk is full.' });
    fresh.reopen();
    const again = fresh.store.transfers;
    const paused = { bytes: 40, state: 'paused', reason: 'The disk is full.' };
    expect(again.get(key)).toMatchObject({ message: { file: paused }, hashState, temporaryPath });
    const sha256 = new Uint8Array(32).fill(7);
    const done = { state: 'done', bytes: 100, path: '/home/ben/file 1.txt', sha256 } as const;
    await again.update(key, { ...done, temporaryPath: null, reason: null });
    expect(again.get(key)).toEqual({
      message: {
        ...fresh.store.messages.find(key),
        file: { size: 100, bytes: 100, state: 'done', isFolder: false, path: done.path },
      },
      sha256,
    });
  });

  it('end once; after that only where the file is can change', async () => {
    const ends: readonly FileState[] = ['done', 'declined', 'cancelled', 'failed'];
    for (const [number, end] of ends.entries()) {
      const transfer = offer(number);
      const key = keyOf(transfer);
      const { transfers } = fresh.store;
      await transfers.add(transfer);
      expect(await transfers.update(key, { state: end })).toBe(true);
      for (const state of ['transferring', 'paused', ...ends] as const) {
        expect(await transfers.update(key, { state, bytes: 1 })).toBe(false);
      }
      expect(await transfers.update(key, { path: '/moved' })).toBe(true);
      const file = { state: end, bytes: 0, path: '/moved' };
      expect(transfers.get(key)?.message.file).toMatchObject(file);
    }
    expect(fresh.store.transfers.unfinished()).toEqual([]);
    expect(await fresh.store.transfers.update(keyOf(offer(99)), { bytes: 1 })).toBe(false);
  });

  it('take no more bytes than there are, and begin once', async () => {
    const key = keyOf(offer(1));
    await fresh.store.transfers.add(offer(1));
    const { transfers } = fresh.store;
    for (const bytes of [101, -1, 0.5, Number.NaN]) {
      await expect(transfers.update(key, { bytes })).rejects.toMatchObject({ code: 'misuse' });
    }
    await transfers.update(key, { state: 'transferring', bytes: 100 });
    const back = transfers.update(key, { state: 'offered' });
    await expect(back).rejects.toMatchObject({ code: 'misuse' });
    expect(transfers.get(key)?.message.file).toMatchObject({ state: 'transferring', bytes: 100 });
  });

  it('are listed newest first, and the unfinished ones oldest first, by contact or all', async () => {
    const { transfers } = fresh.store;
    for (const number of [1, 2, 3, 4]) {
      await transfers.add(offer(number, { contact: number === 3 ? ben : ada }));
    }
    await transfers.update(keyOf(offer(2)), { state: 'declined' });
    expect(names(transfers.list({ limit: 9 }))).toEqual([4, 3, 2, 1].map((n) => `file ${n}.txt`));
    expect(names(transfers.list({ contact: ada, limit: 2 }))).toEqual(['file 4.txt', 'file 2.txt']);
    const before = transfers.list({ contact: ada, limit: 2 }).at(-1)?.message.sequence;
    expect(names(transfers.list({ contact: ada, before, limit: 2 }))).toEqual(['file 1.txt']);
    expect(names(transfers.unfinished())).toEqual([1, 3, 4].map((n) => `file ${n}.txt`));
    expect(names(transfers.unfinished(ada))).toEqual(['file 1.txt', 'file 4.txt']);
    expect(transfers.unfinished(idOf(32, 9))).toEqual([]);
  });

  it('fail with the removal of their contact, and go with their message', async () => {
    const { contacts, messages, transfers } = fresh.store;
    for (const number of [1, 2]) await transfers.add(offer(number));
    await transfers.update(keyOf(offer(1)), { state: 'done', path: '/kept' });
    await contacts.remove(ada);
    const states = transfers.list({ limit: 9 }).map(({ message }) => message.file.state);
    expect(states).toEqual(['failed', 'done']);
    await messages.delete(keyOf(offer(2)));
    expect(transfers.get(keyOf(offer(2)))).toBeUndefined();
    expect(await transfers.add(offer(2))).toEqual({ inserted: false });
    expect(names(transfers.list({ contact: ada, limit: 9 }))).toEqual(['file 1.txt']);
    await messages.deleteAll(ada);
    expect(transfers.list({ limit: 9 })).toEqual([]);
  });

  it('say how much of a contact goes on here', async () => {
    const { transfers } = fresh.store;
    expect(transfers.incoming(ada)).toEqual({ undecided: 0, accepted: 0 });
    for (const number of [1, 2, 3, 4]) await transfers.add(offer(number));
    await transfers.add(offer(5, { direction: 'out', state: 'queued' }));
    await transfers.add(offer(6, { contact: ben }));
    await transfers.update(keyOf(offer(1)), { state: 'transferring', bytes: 30 });
    await transfers.update(keyOf(offer(2)), { state: 'paused' });
    await transfers.update(keyOf(offer(3)), { state: 'done' });
    expect(transfers.incoming(ada)).toEqual({ undecided: 1, accepted: 2 });
    expect(transfers.incoming(ben)).toEqual({ undecided: 1, accepted: 0 });
    expect(transfers.incoming(idOf(32, 9)).undecided).toBe(0);
  });
});
