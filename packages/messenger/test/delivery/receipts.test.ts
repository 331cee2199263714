// ACK, both ways: Spec 8.4.
import type { Channel } from '@gravy/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeAck, encodeAck } from '../../src/application/messages.js';
import { Receipts } from '../../src/core/delivery/receipts.js';
import { idToText, newMessageId } from '../../src/core/delivery/text-ids.js';
import type { StoredMessage } from '../../src/core/ports/store.js';
import { CoreParts } from '../core-parts.js';
import { handSession, PEER_ID, PEER_KEY } from '../sessions/hand-session.js';

describe('receipts', () => {
  let parts: CoreParts;
  let receipts: Receipts;
  beforeEach(async () => {
    parts = await CoreParts.open();
    const { store, events, settings } = parts;
    receipts = new Receipts({ store: store.messages, events, settings });
  });
  afterEach(() => parts.end());

  const keep = async (direction: 'in' | 'out'): Promise<Uint8Array> => {
    const id = newMessageId();
    await parts.store.messages.append({
      id,
      contact: PEER_KEY.id,
      direction,
      at: 1,
      text: 'x',
      state: direction === 'out' ? 'sent' : 'delivered',
    });
    return id;
  };
  const stateOf = (
    id: Uint8Array,
    direction: 'in' | 'out' = 'out',
  ): StoredMessage['state'] | undefined =>
    parts.store.messages.find({ contact: PEER_KEY.id, direction, id })?.state;
  const markRead = (id: Uint8Array, report: boolean): Promise<unknown> =>
    parts.store.messages.markRead({ contact: PEER_KEY.id, direction: 'in', id }, { report });
  const toldTo = async (peer: Channel): Promise<string[][]> => {
    const told: string[][] = [];
    for await (const { body } of peer.records) told.push(decodeAck(body).ids.map(idToText));
    return told;
  };

  it('shows as read only what the contact has read, and only to who tells such things as well', async () => {
    const { session, peer } = await handSession();
    const [one, two] = [await keep('out'), await keep('out')];
    await receipts.take(session, encodeAck({ ids: [one], state: 'read' }));
    expect(stateOf(one)).toBe('delivered');
    await parts.settings.change({ readReceipts: true });
    await receipts.take(session, encodeAck({ ids: [two], state: 'read' }));
    await receipts.take(session, encodeAck({ ids: [two], state: 'delivered' }));
    await receipts.take(session, encodeAck({ ids: [newMessageId()], state: 'read' }));
    expect(stateOf(two)).toBe('read');
    expect(parts.eventsOf('message.state')).toEqual([
      { id: idToText(one), contact: PEER_ID, state: 'delivered' },
      { id: idToText(two), contact: PEER_ID, state: 'read' },
    ]);
    await peer.close();
  });

  it('are not told by who has not allowed it, nor later what was read meanwhile', async () => {
    const first = await handSession();
    const id = await keep('in');
    await markRead(id, false);
    await receipts.report(first.session);
    await parts.settings.change({ readReceipts: true });
    await receipts.report(first.session);
    await first.session.channel.close();
    expect(await toldTo(first.peer)).toEqual([]);
    expect(stateOf(id, 'in')).toBe('read');
  });

  it('wait for a session, and are told once', async () => {
    await parts.settings.change({ readReceipts: true });
    const ids = [await keep('in'), await keep('in')];
    const gone = await handSession();
    await gone.session.channel.close();
    await markRead(ids[1] ?? newMessageId(), true);
    await receipts.report(undefined);
    await receipts.report(gone.session);
    const { session, peer } = await handSession();
    await receipts.report(session);
    await receipts.report(session);
    await session.channel.close();
    expect(await toldTo(peer)).toEqual([ids.map(idToText)]);
  });

  it('of thousands go in as many ACKs as they need', async () => {
    await parts.settings.change({ readReceipts: true });
    const ids = await Promise.all(Array.from({ length: 2_001 }, () => keep('in')));
    await markRead(ids.at(-1) ?? newMessageId(), true);
    const { session, peer } = await handSession();
    const told = toldTo(peer);
    await receipts.report(session);
    await session.channel.close();
    expect((await told).map(({ length }) => length)).toEqual([1_000, 1_000, 1]);
  });
});
