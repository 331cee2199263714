import { decodeId } from '@gravy/identity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressBook } from '../../src/core/addresses/address-book.js';
import type { ContactAddress } from '../../src/core/ports/store.js';
import { CoreParts } from '../core-parts.js';
import { PEER_ID } from '../sessions/hand-session.js';

const PEER = decodeId(PEER_ID);

describe('the addresses of a contact', () => {
  let parts: CoreParts;
  let book: AddressBook;
  beforeEach(async () => {
    parts = await CoreParts.open();
    book = new AddressBook(parts.store.contacts);
  });
  afterEach(() => parts.end());

  const announced = (...urls: string[]): ContactAddress[] =>
    urls.map((url) => ({ url, origin: 'contact', publicOnly: true }));
  const urls = (): string[] => book.of(PEER).map(({ url }) => url);

  it('begin with the one that worked last', async () => {
    for (const url of ['ws://one', 'ws://two', 'ws://one']) await book.promote(PEER, url);
    expect(urls()).toEqual(['ws://one', 'ws://two']);
  });

  it('are replaced by what is announced, but for those that a person typed', async () => {
    await book.promote(PEER, 'ws://typed');
    await book.replaceAnnounced(PEER, announced('wss://old'), 1);
    await book.replaceAnnounced(PEER, announced('wss://new', 'ws://typed'), 2);
    expect(urls()).toEqual(['wss://new', 'ws://typed']);
    // What a person typed is dialled wherever it leads, also when the contact announces it from afar.
    expect(book.of(PEER)[1]).toEqual({ url: 'ws://typed', origin: 'user', publicOnly: false });
    expect(parts.store.contacts.get(PEER)?.addressSequence).toBe(2);
  });

  it('stay as wary of an announced one that has worked', async () => {
    await book.replaceAnnounced(PEER, announced('wss://new', 'wss://other'), 1);
    await book.promote(PEER, 'wss://other');
    expect(book.of(PEER)[0]).toMatchObject({ url: 'wss://other', publicOnly: true });
  });

  it('are eight at most, and none of somebody who is no contact', async () => {
    for (let index = 0; index < 12; index += 1) await book.promote(PEER, `ws://host-${index}`);
    expect(urls()).toHaveLength(8);
    expect(urls()[0]).toBe('ws://host-11');
    const stranger = new Uint8Array(32).fill(7);
    await book.promote(stranger, 'ws://stranger');
    expect(book.of(stranger)).toEqual([]);
  });
});
