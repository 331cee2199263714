import { describe, expect, it } from 'vitest';
import { CreditWindow } from '../../src/core/files/credit-window.js';
import { Gate } from '../../src/core/files/gate.js';
import { TransferLocks } from '../../src/core/files/transfer-locks.js';
import { TransferRate } from '../../src/core/files/transfer-rate.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the window of credit', () => {
  it('lets a sender go as far as the window beyond what has arrived, and no further', async () => {
    const window = new CreditWindow({ windowBytes: 100, credit: 50 });
    await window.room(150);
    let isThrough = false;
    const waiting = window.room(151).then(() => (isThrough = true));
    window.grant(40); // an older word
    await turn();
    expect(isThrough).toBe(false);
    window.grant(51);
    await waiting;
    expect(window.credit).toBe(51);
  });

  it('lets who waits go when there is nothing to wait for any more', async () => {
    const window = new CreditWindow({ windowBytes: 1, credit: 0 });
    const waiting = window.room(1_000);
    window.release();
    await waiting;
    await window.room(2_000); // who comes later does not wait either
  });
});

describe('a rate', () => {
  it('is that of the last seconds', () => {
    const rate = new TransferRate(0, 0);
    expect(rate.mark(0, 0)).toBe(0);
    expect(rate.mark(1_000, 5_000)).toBe(5_000);
    expect(rate.mark(2_000, 5_000)).toBe(2_500);
    for (const second of [3, 4, 5, 6]) rate.mark(second * 1_000, 5_000);
    expect(rate.mark(7_000, 5_000)).toBe(0);
    expect(rate.mark(8_000, 8_000)).toBe(1_000);
  });
});

describe('a gate', () => {
  it('lets so many in at once, in the order in which they came', async () => {
    const gate = new Gate(2);
    const visitors = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
    const inside: string[] = [];
    for (const visitor of visitors) void gate.enter(visitor).then(() => inside.push(visitor.name));
    await turn();
    expect(inside).toEqual(['a', 'b']);
    gate.leave(visitors[2] ?? {}); // waits no more
    gate.leave(visitors[0] ?? {});
    gate.leave(visitors[0] ?? {});
    await turn();
    expect(inside).toEqual(['a', 'b', 'c', 'd']);
    gate.leave(visitors[1] ?? {});
    await turn();
    expect(inside).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('the locks of transfers', () => {
  const key = (byte: number): { contact: Uint8Array; direction: 'in'; id: Uint8Array } => ({
    contact: new Uint8Array(32),
    direction: 'in',
    id: new Uint8Array(16).fill(byte),
  });

  it('make what concerns one transfer happen one after the other, also after a failure', async () => {
    const locks = new TransferLocks();
    const order: string[] = [];
    const task = (name: string) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await turn();
      order.push(`${name} ends`);
      if (name === 'first') throw new Error('first');
    };
    const first = locks.run(key(1), task('first')).catch((error: Error) => error.message);
    const second = locks.run(key(1), task('second'));
    await locks.run(key(2), task('other'));
    expect(await first).toBe('first');
    await second;
    const own = order.filter((line) => !line.startsWith('other'));
    expect(own).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(order.indexOf('other begins')).toBeLessThan(order.indexOf('first ends'));
  });
});
