import { reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { portableBackend } from '../src/backend/portable.js';
import {
  append,
  flipBit,
  MESSAGE_BYTES,
  overConnection,
  sentBefore,
  stepsUnder,
  truncateTo,
  type MessageNumber,
} from '../test/trials/handshake-faults.js';
import { keyPairsOnce } from '../test/trials/key-pairs-once.js';

const NUMBERS: readonly MessageNumber[] = [1, 2, 3, 4];

test.each([nodeBackend, portableBackend])(
  'every bit and every length, $name back end',
  (backend) => {
    const run = stepsUnder(keyPairsOnce(backend));
    let refused = 0;
    for (const number of NUMBERS) {
      const length = MESSAGE_BYTES[number - 1] ?? 0;
      const bits = Math.min(8 * length, soakCount(8 * length));
      for (let bit = 0; bit < bits; bit += 1) run(number, flipBit(bit));
      for (let short = 0; short < length; short += 1) run(number, truncateTo(short));
      run(number, append);
      refused += bits + length + 1;
    }
    reportSoak(`handshake bits, ${backend.name}`, `${refused} changed messages, all refused`);
    expect(refused).toBeGreaterThan(1_000);
  },
);

test('every bit and every length over a connection', async () => {
  let seen = 0;
  for (const number of NUMBERS) {
    const length = MESSAGE_BYTES[number - 1] ?? 0;
    const bits = Array.from({ length: Math.min(8 * length, soakCount(8 * length)) }, (_, bit) =>
      flipBit(bit),
    );
    const lengths = Array.from({ length }, (_, short) => truncateTo(short));
    for (const change of [...bits, ...lengths, append]) {
      const observed = await overConnection(number, change);
      expect(observed).toEqual({ sent: sentBefore(number), hasEnded: true });
      seen += 1;
    }
  }
  reportSoak('handshake bits, over a connection', `${seen} changed messages, one end for all`);
  expect(seen).toBeGreaterThan(1_000);
});
