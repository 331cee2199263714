import { SeededRandom } from '@gravy/testing';
import { describe, expect, test } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { keyPairsOnce } from './trials/key-pairs-once.js';
import {
  append,
  flipBit,
  MESSAGE_BYTES,
  overConnection,
  sentBefore,
  stepsUnder,
  truncateTo,
  type MessageNumber,
} from './trials/handshake-faults.js';

const SEED = 20_261_123;
const NUMBERS: readonly MessageNumber[] = [1, 2, 3, 4];

describe.each(NUMBERS)('message %i', (number) => {
  const length = MESSAGE_BYTES[number - 1] ?? 0;

  test('is refused with one bit of any byte changed', () => {
    const random = new SeededRandom(SEED);
    const run = stepsUnder(keyPairsOnce(nodeBackend));
    for (let byte = 0; byte < length; byte += 1) run(number, flipBit(8 * byte + random.below(8)));
    expect(length).toBeGreaterThan(100);
  });

  test('is refused with any part of its end missing, or more', () => {
    const run = stepsUnder(keyPairsOnce(nodeBackend));
    for (let short = 0; short < length; short += 1) run(number, truncateTo(short));
    run(number, append);
    expect(length).toBeGreaterThan(100);
  });

  test('leaves one thing to be seen, whatever is wrong with it: an end without another word', async () => {
    const random = new SeededRandom(SEED + number);
    const changes = [
      truncateTo(0),
      truncateTo(length - 1),
      append,
      ...Array.from({ length: 12 }, () => flipBit(random.below(8 * length))),
    ];
    for (const change of changes) {
      expect(await overConnection(number, change)).toEqual({
        sent: sentBefore(number),
        hasEnded: true,
      });
    }
  });
});
