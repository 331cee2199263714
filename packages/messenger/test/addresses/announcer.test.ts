// Saying where this account hosts: Spec 8.6.
import { verifyStrict } from '@gravy/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proximityOfUrl } from '../../src/account/proximity.js';
import {
  ADDRESS_CONTEXT,
  type AddressBody,
  addressSignatureBody,
  decodeAddress,
} from '../../src/application/address-body.js';
import { Announcer } from '../../src/core/addresses/announcer.js';
import { MoveWatch } from '../../src/core/addresses/move-watch.js';
import type { Network, Proximity } from '../../src/core/ports/network.js';
import { CoreParts } from '../core-parts.js';
import { handSession, OWN_ID, OWN_KEY, PEER_ID } from '../sessions/hand-session.js';

const PUBLIC = 'wss://ada.example';
const LAN = 'ws://192.168.1.7:8080';
const LOOPBACK = 'ws://127.0.0.1:8080';

describe('a host', () => {
  let parts: CoreParts;
  let announcer: Announcer;
  beforeEach(async () => {
    parts = await CoreParts.open();
    announcer = newAnnouncer();
  });
  afterEach(() => parts.end());

  const newAnnouncer = (): Announcer =>
    new Announcer({
      ownId: OWN_KEY.id,
      signer: parts.signer,
      settings: parts.store.settings,
      network: { proximityOf: proximityOfUrl } as Network,
      now: parts.now,
    });
  const announced = async (proximity: Proximity = 'loopback'): Promise<AddressBody[]> => {
    const { session, peer } = await handSession({ proximity });
    await announcer.announceTo(session);
    await session.channel.close();
    await announcer.announceTo(session); // ended: nothing happens
    const all: AddressBody[] = [];
    for await (const { body } of peer.records) all.push(decodeAddress(body));
    return all;
  };

  it.each<[Proximity, readonly string[]]>([
    ['public', [PUBLIC]],
    ['private', [LAN, PUBLIC]],
    ['loopback', [LAN, PUBLIC, LOOPBACK]],
  ])('says over a %s session what is of use there, signed', async (proximity, urls) => {
    announcer.use([LAN, PUBLIC, LOOPBACK]);
    const [said] = await announced(proximity);
    expect(said?.urls).toEqual(urls);
    if (said === undefined) return;
    const claim = { id: OWN_KEY.id, context: ADDRESS_CONTEXT, signature: said.sig };
    expect(verifyStrict({ ...claim, body: addressSignatureBody(OWN_KEY.id, said) })).toBe(true);
  });

  it('says nothing where nothing is of use, or it does not host', async () => {
    expect(await announced()).toEqual([]);
    announcer.use([LAN, LOOPBACK]);
    expect(await announced('public')).toEqual([]);
  });

  it('says eight urls at most', async () => {
    announcer.use(Array.from({ length: 9 }, (_, index) => `wss://${index}.example`));
    expect((await announced())[0]?.urls).toHaveLength(8);
  });

  it('counts up, over restarts and clocks that are set back', async () => {
    announcer.use([PUBLIC]);
    const [first] = await announced();
    expect(first?.seq).toBe(parts.now());
    const [second] = await announced();
    expect(second?.seq).toBeGreaterThan(first?.seq ?? Infinity);
    parts.clock.set(-86_400_000);
    announcer = newAnnouncer();
    announcer.use([PUBLIC]);
    expect((await announced())[0]?.seq).toBeGreaterThan(second?.seq ?? Infinity);
  });
});

describe('a host that moves', () => {
  let parts: CoreParts;
  let online: boolean;
  let dialled: string[];
  let canDial: boolean;
  let moves: MoveWatch;
  beforeEach(async () => {
    parts = await CoreParts.open();
    [online, dialled, canDial] = [false, [], true];
    moves = new MoveWatch({
      plan: {
        isOnline: () => online,
        dial: (contact) => {
          dialled.push(contact);
          return canDial;
        },
        hosts: () => [],
        visit: () => Promise.resolve(),
      },
      settings: parts.store.settings,
      events: parts.events,
      ownId: OWN_ID,
    });
    moves.movedTo('wss://old.example');
    moves.sessionOpened(PEER_ID, 'host');
  });
  afterEach(() => parts.end());

  const stranded = {
    contact: PEER_ID,
    url: 'wss://new.example',
    line: `gravy connect wss://new.example ${OWN_ID}`,
  };

  it('dials who is away and can be dialled, and says so only when nobody answers', () => {
    moves.movedTo('wss://new.example');
    expect(dialled).toEqual([PEER_ID]);
    expect(parts.eventsOf('contact.stranded')).toEqual([]);
    moves.unreachable(PEER_ID);
    expect(parts.eventsOf('contact.stranded')).toEqual([stranded]);
  });

  it('says at once who cannot be dialled', () => {
    canDial = false;
    moves.movedTo('wss://new.example');
    expect(parts.eventsOf('contact.stranded')).toEqual([stranded]);
  });

  it('has nothing to say of who is here, came back, was never a guest, or is gone', () => {
    online = true;
    moves.movedTo('wss://second.example');
    online = false;
    expect(dialled).toEqual([]);
    moves.movedTo('wss://third.example');
    expect(dialled).toEqual([PEER_ID]);
    moves.sessionOpened(PEER_ID, 'guest');
    moves.unreachable(PEER_ID);
    moves.movedTo('wss://fourth.example');
    moves.sessionOpened(PEER_ID, 'host');
    moves.forget(PEER_ID);
    moves.movedTo('wss://fifth.example');
    moves.unreachable(PEER_ID);
    expect(dialled).toEqual([PEER_ID]);
    expect(parts.eventsOf('contact.stranded')).toEqual([]);
  });

  it('does not move by starting again where it was', () => {
    moves.movedTo('wss://old.example');
    expect(dialled).toEqual([]);
  });
});
