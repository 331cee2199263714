import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { MessageQueue } from '../src/message-queue.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('lets go of what has been read, also while more is waiting', async () => {
  const queue = new MessageQueue(() => undefined);
  const reader = queue[Symbol.asyncIterator]();
  const read: WeakRef<Uint8Array>[] = [];
  for (let count = 0; count < 100; count += 1) {
    for (let pushed = 0; pushed < 2; pushed += 1) queue.push(new Uint8Array(1000));
    const { value } = await reader.next();
    if (value) read.push(new WeakRef(value));
  }
  for (let count = 0; count < 60; count += 1) await reader.next();
  // A weak reference holds its target until the turn is over.
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  collectGarbage();
  expect(queue.bytes).toBe(40_000);
  expect(read.filter((reference) => reference.deref() !== undefined).length).toBeLessThan(2);
});
