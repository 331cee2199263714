import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Outbox } from '../src/channel/outbox.js';
import { useHandTimers } from './hand-timers.js';

const BODY = Uint8Array.of(1);
const over = new Error('The session is over.');

describe('the queue of what is to be sent', () => {
  let outbox: Outbox;
  let onStuck: ReturnType<typeof vi.fn<() => void>>;
  let drains: PromiseWithResolvers<void>[];

  useHandTimers();
  beforeEach(() => {
    onStuck = vi.fn<() => void>();
    drains = [];
    outbox = new Outbox({
      transmit: () => {
        const drain = Promise.withResolvers<void>();
        drains.push(drain);
        return outbox.watch(drain.promise);
      },
      onStuck,
    });
  });
  afterEach(() => outbox.abandon(over));

  test('takes a connection for dead that takes nothing for 60 s', async () => {
    outbox.add(32, BODY).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(onStuck).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(onStuck).toHaveBeenCalledOnce();
  });

  test('does not, when there is nothing to take', async () => {
    const sent = outbox.add(32, BODY);
    await vi.advanceTimersByTimeAsync(10_000);
    drains[0]?.resolve();
    await sent;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(onStuck).not.toHaveBeenCalled();
  });

  test('counts from the last that was taken, as long as anything is left', async () => {
    outbox.add(32, BODY).catch(() => undefined);
    // Protocol records do not wait for it.
    const ping = Promise.withResolvers<void>();
    const watched = outbox.watch(ping.promise);
    await vi.advanceTimersByTimeAsync(50_000);
    ping.resolve();
    await watched;
    await vi.advanceTimersByTimeAsync(59_999);
    expect(onStuck).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(onStuck).toHaveBeenCalledOnce();
  });

  test('counts anew for what comes after a pause', async () => {
    const first = outbox.add(32, BODY);
    drains[0]?.resolve();
    await first;
    await vi.advanceTimersByTimeAsync(90_000);
    outbox.add(32, BODY).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(onStuck).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(onStuck).toHaveBeenCalledOnce();
  });

  test('refuses what waits, and what comes, once it is stopped; what is with the connection goes on', async () => {
    const inHand = outbox.add(32, BODY);
    const waiting = outbox.add(32, BODY);
    outbox.stop(over);
    outbox.stop(new Error('another reason, later'));
    await expect(waiting).rejects.toBe(over);
    await expect(outbox.add(32, BODY)).rejects.toBe(over);
    drains[0]?.resolve();
    await inHand;
    expect(drains).toHaveLength(1);
  });

  test('refuses also what is with the connection, once that is given up', async () => {
    const inHand = outbox.add(32, BODY);
    outbox.abandon(over);
    await expect(inHand).rejects.toBe(over);
    await expect(outbox.add(32, BODY)).rejects.toBe(over);
  });
});
