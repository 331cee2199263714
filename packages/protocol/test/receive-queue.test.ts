import { describe, expect, test, vi } from 'vitest';
import { RECEIVE_QUEUE_MAX_BYTES, RECEIVE_QUEUE_MAX_ITEMS } from '../src/limits.js';
import { ReceiveQueue } from '../src/receive-queue.js';

/** A queue of numbers, each of which stands for so many bytes. */
function queueOfSizes() {
  const onAbandoned = vi.fn<() => void>();
  const queue = new ReceiveQueue<number>({ bytesOf: (bytes) => bytes, onAbandoned });
  return { queue, reader: queue[Symbol.asyncIterator](), onAbandoned };
}

const DONE = { done: true, value: undefined };

describe('a receive queue', () => {
  test('gives what came in its order, to a reader that came first or later', async () => {
    const { queue, reader } = queueOfSizes();
    const waiting = [reader.next(), reader.next()];
    for (const item of [1, 2, 3]) expect(queue.add(item)).toBeUndefined();
    expect(queue.bytes).toBe(3);
    expect(await Promise.all([...waiting, reader.next()])).toEqual(
      [1, 2, 3].map((value) => ({ done: false, value })),
    );
    expect(queue.bytes).toBe(0);
  });

  test.each([
    ['items', RECEIVE_QUEUE_MAX_ITEMS, 1],
    ['bytes', 4, RECEIVE_QUEUE_MAX_BYTES / 4],
  ])('has no more room once it is full of %s, until one is taken', async (_what, count, bytes) => {
    const { queue, reader } = queueOfSizes();
    for (let index = 1; index < count; index += 1) expect(queue.add(bytes)).toBeUndefined();
    const room = queue.add(bytes);
    expect(room).toBeInstanceOf(Promise);
    const seen = vi.fn<() => void>();
    void room?.then(seen);
    await Promise.resolve();
    expect(seen).not.toHaveBeenCalled();
    await reader.next();
    await room;
    expect(queue.add(bytes)).toBeInstanceOf(Promise);
  });

  test('has room for all that is still to come once its bounds are lifted', async () => {
    const { queue } = queueOfSizes();
    const room = queue.add(RECEIVE_QUEUE_MAX_BYTES);
    queue.lift();
    await room;
    expect(queue.add(RECEIVE_QUEUE_MAX_BYTES)).toBeUndefined();
  });

  test('can be read to its end after it has ended, and takes nothing more', async () => {
    const { queue, reader } = queueOfSizes();
    const room = queue.add(RECEIVE_QUEUE_MAX_BYTES);
    queue.end();
    await room;
    expect(queue.add(1)).toBeUndefined();
    expect(await reader.next()).toEqual({ done: false, value: RECEIVE_QUEUE_MAX_BYTES });
    expect(await reader.next()).toEqual(DONE);
  });

  test('ends for all who wait', async () => {
    const { queue, reader } = queueOfSizes();
    const waiting = [reader.next(), reader.next()];
    queue.end();
    expect(await Promise.all(waiting)).toEqual([DONE, DONE]);
  });

  test('is emptied, and tells so, when its reader leaves', async () => {
    const { queue, reader, onAbandoned } = queueOfSizes();
    const room = queue.add(RECEIVE_QUEUE_MAX_BYTES);
    expect(await reader.return?.()).toEqual(DONE);
    await room;
    expect(onAbandoned).toHaveBeenCalledOnce();
    expect(queue.bytes).toBe(0);
    expect(await reader.next()).toEqual(DONE);
  });
});
