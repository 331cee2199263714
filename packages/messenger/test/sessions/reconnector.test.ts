import { beforeEach, describe, expect, it } from 'vitest';
import type { GravyEvent } from '../../src/api/events.js';
import { EventHub } from '../../src/core/event-hub.js';
import type { ChannelEnd } from '../../src/core/ports/network.js';
import { Reconnector } from '../../src/core/sessions/reconnector.js';
import { type ErrorCode, MessengerError } from '../../src/errors.js';
import { HandClock } from '../hand-clock.js';
import { handSession, PEER_ID } from './hand-session.js';

const LOST: ChannelEnd = { kind: 'lost', cause: 'connection' };
const HOUR_MS = 3_600_000;

describe('after a session was lost', () => {
  let clock: HandClock;
  let events: GravyEvent[];
  let dialled: number[];
  let isWanted: boolean;
  let isOnline: boolean;
  let unreachable: number;
  let answer: () => Promise<unknown>;
  let reconnector: Reconnector;

  beforeEach(() => {
    clock = new HandClock();
    [events, dialled] = [[], []];
    [isWanted, isOnline, unreachable] = [true, false, 0];
    answer = fails('unreachable');
    const hub = new EventHub();
    hub.onEvent((event) => events.push(event));
    reconnector = new Reconnector({
      plan: {
        dial: () => {
          dialled.push(clock.elapsed());
          return answer();
        },
        isWanted: () => isWanted,
        isOnline: () => isOnline,
        onUnreachable: () => (unreachable += 1),
      },
      events: hub,
      clock,
    });
  });

  const lose = async (
    role: 'host' | 'guest' = 'guest',
    lastedMs: number = HOUR_MS,
    end: ChannelEnd = LOST,
  ): Promise<boolean> => {
    const { session, peer } = await handSession({ role, openedAt: clock.now() - lastedMs });
    await peer.close();
    const willReconnect = reconnector.willReconnect(session, end);
    reconnector.ended(session, end);
    return willReconnect;
  };
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settled();
  };
  const dialledOften = async (times: number): Promise<void> => {
    for (let rounds = 0; dialled.length < times && rounds < 50; rounds += 1) await pass(60_000);
  };
  const told = (method: GravyEvent['method']): unknown[] =>
    events.filter((event) => event.method === method).map(({ params }) => params);

  it('dials again with growing pauses, tells each, and says once that nobody answers', async () => {
    expect(await lose()).toBe(true);
    expect(told('session.retrying')).toEqual([
      { contact: PEER_ID, attempt: 1, at: clock.now() + 750 },
    ]);
    for (const delayMs of [750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000]) {
      await pass(delayMs - 1);
      const before = dialled.length;
      await pass(1);
      expect(dialled).toHaveLength(before + 1);
    }
    expect(unreachable).toBe(1);
    expect(told('session.retrying').at(-1)).toMatchObject({ attempt: 9, code: 'unreachable' });
    expect(told('session.gaveUp')).toEqual([]);
  });

  it('stops as soon as there is a session, whoever made it', async () => {
    await lose();
    const { session } = await handSession();
    reconnector.opened(session);
    await session.channel.close();
    await pass(HOUR_MS);
    expect(dialled).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('takes no interest in an attempt that was overtaken by a session', async () => {
    const late = Promise.withResolvers<never>();
    answer = () => late.promise;
    await lose();
    await pass(750);
    const { session } = await handSession();
    reconnector.opened(session);
    await session.channel.close();
    late.reject(new MessengerError('unreachable', 'Too late.'));
    await settled();
    expect(clock.waiting).toBe(0);
    expect(unreachable).toBe(0);
  });

  it('leaves the guest some time if it was the host', async () => {
    await lose('host');
    await pass(11_999);
    expect(dialled).toEqual([]);
    await pass(1);
    expect(dialled).toHaveLength(1);
  });

  it('waits longer each time when sessions end as soon as they begin, and forgets that after a long one', async () => {
    const firstDelays: unknown[] = [];
    for (const lastedMs of [100, 100, 100, HOUR_MS, 100]) {
      const before = clock.now();
      await lose('guest', lastedMs);
      const last = told('session.retrying').at(-1) as { at: number };
      firstDelays.push(last.at - before);
    }
    expect(firstDelays).toEqual([750, 1_500, 3_000, 750, 1_500]);
  });

  it.each<[string, ChannelEnd]>([
    ['the person ended it', { kind: 'closed_by_us', code: 0, allArrived: true }],
    ['the peer ended it', { kind: 'closed_by_peer', code: 0, allArrived: true }],
    ['it was kicked', { kind: 'closed_by_peer', code: 7, allArrived: true }],
    ['it is no contact any more', { kind: 'closed_by_peer', code: 4, allArrived: true }],
    ['it was superseded', { kind: 'closed_by_peer', code: 6, allArrived: true }],
  ])('does not dial when %s', async (_what, end) => {
    expect(await lose('guest', HOUR_MS, end)).toBe(false);
    await pass(HOUR_MS);
    expect(dialled).toEqual([]);
  });

  it.each<[string, ChannelEnd]>([
    ['the peer shut down', { kind: 'closed_by_peer', code: 1, allArrived: true }],
    ['the session was too old', { kind: 'closed_by_us', code: 5, allArrived: true }],
    ['a record was wrong', { kind: 'protocol_error' }],
    ['nothing came for long', { kind: 'lost', cause: 'silence' }],
  ])('dials when %s', async (_what, end) => {
    expect(await lose('guest', HOUR_MS, end)).toBe(true);
  });

  it('does not dial while the other session with the contact stands, or when the person does not want it', async () => {
    isOnline = true;
    expect(await lose()).toBe(false);
    [isOnline, isWanted] = [false, false];
    expect(await lose()).toBe(false);
    expect(clock.waiting).toBe(0);
  });

  it.each<ErrorCode>(['no_such_contact', 'no_address', 'invalid_url'])(
    'gives up after %s, and says so',
    async (code) => {
      answer = fails(code);
      await lose();
      await pass(750);
      expect(told('session.gaveUp')).toEqual([
        { contact: PEER_ID, code, message: `It is ${code}.` },
      ]);
      expect(clock.waiting).toBe(0);
    },
  );

  it('goes on when the host seems to refuse: a connection that breaks at that moment looks the same', async () => {
    answer = fails('not_accepted');
    await lose();
    await pass(750);
    expect(told('session.gaveUp')).toEqual([]);
    answer = () => Promise.resolve();
    await dialledOften(2);
    expect(dialled).toHaveLength(2);
  });

  it('gives up when the host refuses again and again', async () => {
    answer = fails('not_accepted');
    await lose();
    await dialledOften(20);
    expect(told('session.gaveUp')).toMatchObject([{ contact: PEER_ID, code: 'not_accepted' }]);
    expect(dialled.length).toBeLessThan(20);
    expect(clock.waiting).toBe(0);
  });

  it('stops when the person says so, and when the account closes', async () => {
    await lose();
    reconnector.stop(PEER_ID);
    expect(clock.waiting).toBe(0);
    await lose();
    reconnector.close();
    expect(clock.waiting).toBe(0);
    expect(await lose()).toBe(false);
    expect(reconnector.begin(PEER_ID)).toBe(false);
  });

  it('dials at once after the machine has slept, each contact once', async () => {
    await lose();
    await pass(100_000);
    const before = dialled.length;
    reconnector.wake();
    await pass(0);
    expect(dialled).toHaveLength(before + 1);
  });

  it('says that a contact is unreachable also if it was being dialled already when this account moved', async () => {
    await lose('host');
    expect(reconnector.begin(PEER_ID)).toBe(true);
    await dialledOften(1);
    expect(unreachable).toBe(1);
    await dialledOften(2);
    expect(unreachable).toBe(1);
    expect(reconnector.begin(PEER_ID)).toBe(true);
    await dialledOften(3);
    expect(unreachable).toBe(2);
  });

  it('calls an unforeseen error internal, and tells nothing of it', async () => {
    answer = () => Promise.reject(new Error('a secret'));
    await lose();
    await pass(750);
    expect(told('session.retrying').at(-1)).toMatchObject({ code: 'internal', attempt: 2 });
    expect(JSON.stringify(events)).not.toContain('a secret');
  });
});

function fails(code: ErrorCode): () => Promise<never> {
  return () => Promise.reject(new MessengerError(code, `It is ${code}.`));
}

async function settled(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
}
