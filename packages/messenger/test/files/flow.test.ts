import { beforeEach, describe, expect, it } from 'vitest';
import { CreditWindow } from '../../src/core/files/credit-window.js';
import { Gate } from '../../src/core/files/gate.js';
import { TransferLocks } from '../../src/core/files/transfer-locks.js';
import { TransferRate } from '../../src/core/files/transfer-rate.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the window of credit', () => {
  it('lets a sender go as far as the window beyond what has arrived, and no further', async () => {
    const window = new CreditWindow({ windowBytes: 100, chunkBytes: 50, credit: 50, now: () => 0 });
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
    const window = new CreditWindow({ windowBytes: 1, chunkBytes: 1, credit: 0, now: () => 0 });
    const waiting = window.room(1_000);
    window.release();
    await waiting;
    await window.room(2_000); // who comes later does not wait either
  });
});

/** A way that takes so many bytes a millisecond, one after the other, and answers after a while. */
class Way {
  rate = 0;
  delayMs = 0;
  clockMs = 0;
  #freeAtMs = 0;
  #sent = 0;
  readonly #under: { end: number; sentAtMs: number; grantedAtMs: number }[] = [];

  /** Sends whatever the window lets through, until so many chunks have arrived; how long the last was on its way. */
  async carry(window: CreditWindow, chunkBytes: number, count: number): Promise<number> {
    let lastMs = 0;
    for (let index = 0; index < count; index += 1) {
      for (;;) {
        const end = this.#sent + chunkBytes;
        const mayGo = window.room(end).then(() => true);
        if (!(await Promise.race([mayGo, turn().then(() => false)]))) break;
        this.#sent = end;
        window.send(end);
        this.#freeAtMs = Math.max(this.#freeAtMs, this.clockMs) + chunkBytes / this.rate;
        const grantedAtMs = this.#freeAtMs + this.delayMs;
        this.#under.push({ end, sentAtMs: this.clockMs, grantedAtMs });
      }
      const arrived = this.#under.shift();
      if (arrived === undefined) throw new Error('Nothing is on its way.');
      this.clockMs = arrived.grantedAtMs;
      lastMs = this.clockMs - arrived.sentAtMs;
      window.grant(arrived.end);
    }
    return lastMs;
  }

  get chunksUnder(): number {
    return this.#under.length;
  }
}

describe('the window on a way', () => {
  const [CHUNK, WINDOW] = [250_000, 4_000_000];
  let way: Way;
  let window: CreditWindow;

  beforeEach(() => {
    way = new Way();
    window = new CreditWindow({
      windowBytes: WINDOW,
      chunkBytes: CHUNK,
      credit: 0,
      now: () => way.clockMs,
    });
  });

  it('is all of it on a fast one, also on a long one', async () => {
    Object.assign(way, { rate: 100_000, delayMs: 1 });
    expect(await way.carry(window, CHUNK, 100)).toBeLessThan(1 + WINDOW / 100_000 + 3);
    expect(way.chunksUnder).toBe(WINDOW / CHUNK - 1);
    way = new Way();
    Object.assign(way, { rate: 1_000_000, delayMs: 200 });
    window = new CreditWindow({
      windowBytes: WINDOW,
      chunkBytes: CHUNK,
      credit: 0,
      now: () => way.clockMs,
    });
    await way.carry(window, CHUNK, 300);
    expect(way.chunksUnder).toBe(WINDOW / CHUNK - 1);
  });

  it('is little on a slow one, so that a text is not long behind it', async () => {
    Object.assign(way, { rate: 1_000, delayMs: 20 });
    // All of the window would be four seconds, and one chunk is a quarter of one.
    expect(await way.carry(window, CHUNK, 100)).toBeLessThan(1_100);
  });

  it('follows a way that becomes slower, longer and faster', async () => {
    Object.assign(way, { rate: 100_000, delayMs: 5 });
    await way.carry(window, CHUNK, 100);
    Object.assign(way, { rate: 10_000 });
    expect(await way.carry(window, CHUNK, 200)).toBeLessThan(200);
    Object.assign(way, { rate: 100_000, delayMs: 150 });
    await way.carry(window, CHUNK, 300);
    expect(way.chunksUnder).toBeGreaterThan(10);
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
    const gate = new Gate([{ aboveBytes: -1, most: 2 }]);
    const visitors = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
    const inside: string[] = [];
    for (const visitor of visitors)
      void gate.enter(visitor, 0).then(() => inside.push(visitor.name));
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
