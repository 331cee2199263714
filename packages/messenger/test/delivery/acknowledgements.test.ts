import { beforeEach, describe, expect, it } from 'vitest';
import { KIND_ACK } from '../../src/application/kinds.js';
import { decodeAck } from '../../src/application/messages.js';
import { Acknowledgements, MAX_UNSENT_IDS } from '../../src/core/delivery/acknowledgements.js';
import { newMessageId } from '../../src/core/delivery/text-ids.js';
import type { Session } from '../../src/core/sessions/session-registry.js';
import { turns } from '../core-parts.js';
import { HandWire } from '../files/hand-wire.js';
import { PEER_ID, PEER_KEY } from '../sessions/hand-session.js';

describe('what is acknowledged to a peer', () => {
  let wire: HandWire;
  let session: Session;
  let acknowledgements: Acknowledgements;

  beforeEach(() => {
    wire = new HandWire([PEER_KEY.id, PEER_KEY.id]);
    const [channel] = wire.ends;
    const told = { id: 'session', contact: PEER_ID, role: 'host', openedAt: 0 } as const;
    session = { ...told, remote: '127.0.0.1', proximity: 'loopback', tunnel: false, channel };
    acknowledgements = new Acknowledgements();
  });

  const add = (count: number): void => {
    for (let index = 0; index < count; index += 1) acknowledgements.add(session, newMessageId());
  };
  const fillTheWay = (): void => {
    session.channel.send(200, new Uint8Array(2 ** 21)).catch(() => undefined);
  };
  /** How many ids each ACK has that is on its way. */
  const underWay = (): number[] =>
    wire.ends[1].underWay
      .filter(({ record }) => record.kind === KIND_ACK)
      .map(({ record }) => decodeAck(record.body).ids.length);

  it('goes out together, if it came together', async () => {
    add(3);
    await turns();
    add(2);
    await turns();
    expect(underWay()).toEqual([3, 2]);
  });

  it('waits for the ACK before while the way is full, and goes on as soon as the peer reads', async () => {
    fillTheWay();
    add(1);
    await turns();
    for (let count = 0; count < 50; count += 1) {
      add(30);
      await turns(1);
    }
    expect(underWay()).toEqual([1]);
    wire.pass(wire.ends[1]);
    await turns();
    expect(underWay()).toEqual([1, 1_000, 500]);
  });

  it('ends the session of a peer that sends without end and reads nothing', async () => {
    fillTheWay();
    add(1);
    await turns();
    add(MAX_UNSENT_IDS);
    expect(wire.ends[0].hasEnded).toBe(false);
    add(1);
    expect(wire.ends[0].hasEnded).toBe(true);
  });
});
