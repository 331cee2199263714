// An attempt called off in a call of ours to the caller: nothing that it was waiting for may be left to reject unhandled, which
// ends a process of Node.
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openChannel } from '../src/channel/open-channel.js';
import { nodeBackend } from '../src/backend/node/node.js';
import { memoryDuplexPair } from '../src/duplex/memory-duplex.js';
import { clientOptions, serverOptions } from './open-pair.js';
import { errorWith } from './pair.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

async function expectCalledOff(attempt: Promise<unknown>, other: Promise<unknown>): Promise<void> {
  await expect(attempt).rejects.toThrow(errorWith('aborted'));
  await expect(other).rejects.toThrow();
  // Node tells of unhandled rejections at the end of a turn.
  await setImmediate();
  await setImmediate();
  expect(unhandled).toEqual([]);
}

test('while the server says whether it is busy', async () => {
  const controller = new AbortController();
  const onPlausible = (): boolean => {
    controller.abort();
    return true;
  };
  const [near, far] = memoryDuplexPair();
  const server = openChannel(near, serverOptions({ signal: controller.signal, onPlausible }));
  await expectCalledOff(server, openChannel(far, clientOptions()));
});

test('while the server decides, which then fails', async () => {
  const controller = new AbortController();
  const authorize = (): Promise<boolean> => {
    controller.abort();
    return Promise.reject(new Error('The list of contacts is gone.'));
  };
  const [near, far] = memoryDuplexPair();
  const server = openChannel(near, serverOptions({ signal: controller.signal, authorize }));
  await expectCalledOff(server, openChannel(far, clientOptions()));
});

test('while the client makes its keys', async () => {
  const controller = new AbortController();
  const backend = {
    ...nodeBackend,
    kemKeyPair: () => {
      controller.abort();
      return nodeBackend.kemKeyPair();
    },
  };
  const [near, far] = memoryDuplexPair();
  const client = openChannel(near, clientOptions({ signal: controller.signal, backend }));
  await expectCalledOff(client, openChannel(far, serverOptions()));
});
