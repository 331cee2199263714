// Taking ADDRESS: Spec 8.6.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proximityOfUrl } from '../../src/account/proximity.js';
import { signerOf } from '../../src/account/identity-ports.js';
import {
  ADDRESS_CONTEXT,
  addressSignatureBody,
  encodeAddress,
} from '../../src/application/address-body.js';
import { MalformedBodyError } from '../../src/application/cbor.js';
import { AddressBook } from '../../src/core/addresses/address-book.js';
import { AddressIntake } from '../../src/core/addresses/address-intake.js';
import type { Network, Proximity } from '../../src/core/ports/network.js';
import type { ContactAddress } from '../../src/core/ports/store.js';
import { CoreParts } from '../core-parts.js';
import { handSession, OWN_KEY, PEER_ID, PEER_KEY } from '../sessions/hand-session.js';

const PUBLIC = 'wss://ben.example/chat';
const LAN = 'ws://192.168.1.20:8080';
const LOOPBACK = 'ws://127.0.0.1:8080';

describe('an ADDRESS', () => {
  let parts: CoreParts;
  let book: AddressBook;
  let intake: AddressIntake;
  beforeEach(async () => {
    parts = await CoreParts.open();
    book = new AddressBook(parts.store.contacts);
    const { store, text, signer, events } = parts;
    intake = new AddressIntake({
      contacts: store.contacts,
      book,
      text,
      signer,
      network: { proximityOf: proximityOfUrl } as Network,
      events,
    });
  });
  afterEach(() => parts.end());

  const signed = (seq: number, urls: readonly string[], key = PEER_KEY): Uint8Array => {
    const body = addressSignatureBody(PEER_KEY.id, { seq, urls });
    return encodeAddress({ seq, urls, sig: signerOf(key).sign(ADDRESS_CONTEXT, body) });
  };
  const take = async (body: Uint8Array, proximity: Proximity = 'public'): Promise<void> => {
    const { session, peer } = await handSession({ proximity });
    try {
      await intake.take(session, body);
    } finally {
      await peer.close();
    }
  };
  const addresses = (): readonly ContactAddress[] => book.of(PEER_KEY.id);
  const urls = (): string[] => addresses().map(({ url }) => url);

  it('is remembered, told, and replaced by the next one', async () => {
    await take(signed(5, [PUBLIC]));
    expect(addresses()).toEqual([{ url: PUBLIC, origin: 'contact', publicOnly: true }]);
    expect(parts.eventsOf('contact.changed')).toEqual([{ contact: PEER_ID }]);
    await take(signed(6, ['wss://new.example']));
    expect(urls()).toEqual(['wss://new.example']);
  });

  it.each([5, 4, 0])('of an old number (%i) is ignored', async (seq) => {
    await take(signed(5, [PUBLIC]));
    await take(signed(seq, ['wss://old.example']));
    expect(urls()).toEqual([PUBLIC]);
  });

  it('is ignored if somebody else has signed it, or something else was signed', async () => {
    await take(signed(5, [PUBLIC], OWN_KEY));
    const body = addressSignatureBody(PEER_KEY.id, { seq: 5, urls: [PUBLIC] });
    const sig = signerOf(PEER_KEY).sign(ADDRESS_CONTEXT, body);
    await take(encodeAddress({ seq: 6, urls: [PUBLIC], sig }));
    await take(encodeAddress({ seq: 5, urls: [LAN], sig }), 'private');
    const wrongContext = signerOf(PEER_KEY).sign('Gravy/1 another thing', body);
    await take(encodeAddress({ seq: 5, urls: [PUBLIC], sig: wrongContext }));
    await take(encodeAddress({ seq: 5, urls: [PUBLIC], sig: sig.map((byte) => byte ^ 1) }));
    expect(addresses()).toEqual([]);
    expect(parts.store.contacts.get(PEER_KEY.id)?.addressSequence).toBe(0);
    expect(parts.told).toEqual([]);
  });

  it('may have eight urls and not nine', async () => {
    const nine = Array.from({ length: 9 }, (_, index) => `wss://${index}.example`);
    await take(signed(5, nine.slice(1)));
    expect(urls()).toEqual(nine.slice(1));
    await expect(take(signed(6, nine))).rejects.toThrow(MalformedBodyError);
  });

  it('is malformed without number, urls or 64 bytes of signature', async () => {
    for (const wrong of [{ seq: 'x' }, { urls: 'x' }, { urls: [1] }, { sig: new Uint8Array(63) }]) {
      const body = { seq: 5, urls: [PUBLIC], sig: new Uint8Array(64), ...wrong };
      await expect(take(encodeAddress(body as never))).rejects.toThrow(MalformedBodyError);
    }
  });

  it.each([
    'https://ben.example',
    'ws://user@ben.example',
    'wss://ben.example/?a=1',
    'wss://ben.example/#a',
    'wss://b\u00E9n.example',
    'file:///etc/passwd',
    'wss://',
    '',
    `wss://ben.example/\u202E`,
  ])('loses the url that no invite could have: %j', async (url) => {
    await take(signed(5, [url, PUBLIC]));
    expect(urls()).toEqual([PUBLIC]);
  });

  it.each<[Proximity, readonly string[]]>([
    ['public', [PUBLIC]],
    ['private', [PUBLIC, LAN]],
    ['loopback', [PUBLIC, LAN, LOOPBACK]],
  ])('that came over a %s session may name %j', async (proximity, known) => {
    await take(signed(5, [PUBLIC, LAN, LOOPBACK]), proximity);
    expect(urls()).toEqual(known);
  });

  it('that looks public is dialled only where that is true, whoever has named it', async () => {
    await take(signed(5, [PUBLIC, LAN]), 'loopback');
    expect(addresses().map(({ publicOnly }) => publicOnly)).toEqual([true, false]);
  });

  it('leaves what the person typed, as it was typed, also when it names as much as it may', async () => {
    const typed = { url: 'ws://10.0.0.5:1000', origin: 'user', publicOnly: false } as const;
    await parts.store.contacts.setAddresses(PEER_KEY.id, [typed]);
    await take(signed(5, [typed.url, PUBLIC]), 'private');
    expect(addresses()[0]).toEqual(typed);
    const eight = Array.from({ length: 8 }, (_, index) => `wss://${index}.example`);
    await take(signed(6, eight));
    expect(addresses()).toHaveLength(8);
    expect(addresses()).toContainEqual(typed);
    expect(urls()[0]).toBe('wss://0.example');
  });

  it('of somebody who is no contact any more is ignored', async () => {
    await parts.store.contacts.remove(PEER_KEY.id);
    await take(signed(5, [PUBLIC]));
    expect(parts.told).toEqual([]);
  });
});

describe('the addresses of a contact', () => {
  it('begin with the one that worked last, and are eight at most', async () => {
    const parts = await CoreParts.open();
    const book = new AddressBook(parts.store.contacts);
    for (let number = 0; number < 10; number += 1) {
      await book.promote(PEER_KEY.id, `ws://10.0.0.${number}:1`);
    }
    await book.promote(PEER_KEY.id, 'ws://10.0.0.5:1');
    expect(book.of(PEER_KEY.id).map(({ url }) => url)).toEqual(
      [5, 9, 8, 7, 6, 4, 3, 2].map((number) => `ws://10.0.0.${number}:1`),
    );
    expect(book.of(OWN_KEY.id)).toEqual([]);
    await book.promote(OWN_KEY.id, 'ws://10.0.0.1:1');
    parts.end();
  });
});
