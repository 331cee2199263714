// What the one refuses, the other refuses too.
import { fuzz, mutate, SeededRandom } from '@gravy/testing';
import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';
import { verifyMessageStrict } from '../../src/identity-key/verify-strict.js';
import { assertPeerId } from '../../src/index.js';
import { nodeBackend } from '../../src/node.js';
import { SMALL_ORDER_ENCODINGS } from '../small-order-encodings.js';
import { withTorsion } from '../trials/torsion.js';
import { fromHex } from '../vector-file.js';
import { expectRefused, handshake, places, REFUSED } from './changed-on-the-way.js';
import { verifyStrict, x } from './primitives.js';
import { accepts, type Verdicts } from './verdicts.js';

const SEED = 20_261_123;
const TAKEN: Verdicts = { ours: true, theirs: true };

test.each(handshake)('$name is the same from both, and taken by both', ({ honest, judge }) => {
  const [ours, theirs] = honest;
  expect(ours).toEqual(theirs);
  expect(judge(ours)).toEqual(TAKEN);
});

test.each(places.map((place) => [place.name, place] as const))(
  '%s that was changed on the way is refused by both',
  async (_name, place) => {
    // Every byte and every length are tried in soak/.
    const refused = await expectRefused(place, { seed: SEED, oneIn: 8, mutations: 40 });
    expect(refused).toBeGreaterThan(200);
  },
);

test('message 1 with a good mac1 is judged alike, whatever is in it', () => {
  const place = handshake.find(({ name }) => name === 'message 1 under a new mac1');
  if (!place) throw new Error('There is such a place.');
  const [honest] = place.honest;
  const changed = (offset: number, ...bytes: readonly number[]): Uint8Array => {
    const input = honest.slice();
    input.set(bytes, offset);
    return input;
  };
  const zeroAgreements = [
    Array.from({ length: 32 }, () => 0),
    [1, ...Array.from({ length: 31 }, () => 0)],
    [0xec, ...Array.from({ length: 30 }, () => 0xff), 0x7f],
    [0xed, ...Array.from({ length: 30 }, () => 0xff), 0x7f],
    [0xee, ...Array.from({ length: 30 }, () => 0xff), 0xff],
  ];
  const refused = [
    ...[0, 1, 2, 3].map((offset) => changed(offset, 7)),
    ...zeroAgreements.map((pk) => changed(4, ...pk)),
    // The first and the last coefficient are 3,329 and 4,095.
    changed(36, 0x01, 0x0d),
    changed(36 + 1149, 0xff, 0xff, 0xff),
    honest.subarray(0, 1235),
  ];
  for (const input of refused) expect(place.judge(input)).toEqual(REFUSED);
  const taken = [
    // p + 2, which is not canonical, and another key with the top bit set.
    changed(4, 0xef, ...Array.from({ length: 30 }, () => 0xff), 0x7f),
    changed(35, (honest[35] ?? 0) | 0x80),
    changed(36, 0x00, 0x0d, 0x00),
    changed(1219, 0xff),
    changed(1220, 0xff, 0xff),
  ];
  for (const input of taken) expect(place.judge(input)).toEqual(TAKEN);
});

test('signatures, with torsion and without, are judged alike', async () => {
  const seen = new Map<boolean, number>();
  const attempt = (random: SeededRandom): void => {
    const message = random.bytes(20);
    const { id, signature } = withTorsion(random, random.bytes(32), message);
    const input = random.oneIn(3) ? mutate(random, signature) : signature;
    const verdict = verifyMessageStrict(id, message, input, nodeBackend);
    expect(verifyStrict(id, message, input)).toBe(verdict);
    seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
  };
  await fuzz({ name: 'signature', attempt }, 150, SEED);
  expect(seen.size).toBe(2);
});

test('points of small order are refused by both, where a signature would be right otherwise', () => {
  const message = new SeededRandom(SEED).bytes(20);
  // Of the neutral element as id: S*B - k*A is S*B, whatever k is.
  const scalar = Uint8Array.from({ length: 32 }, (_, index) => Number(index === 0));
  const signature = Buffer.concat([ed25519.Point.BASE.toBytes(), scalar]);
  // The same with a scalar of zero, whose R is then of small order too.
  const zero = Buffer.concat([fromHex(SMALL_ORDER_ENCODINGS[2] ?? ''), new Uint8Array(32)]);
  const cases = SMALL_ORDER_ENCODINGS.flatMap((encoding) => [
    [fromHex(encoding), signature] as const,
    [fromHex(encoding), zero] as const,
    [ed25519.Point.BASE.toBytes(), Buffer.concat([fromHex(encoding), scalar])] as const,
  ]);
  for (const [id, signed] of cases) {
    expect(verifyMessageStrict(id, message, signed, nodeBackend)).toBe(false);
    expect(verifyStrict(id, message, signed)).toBe(false);
  }
  for (const encoding of SMALL_ORDER_ENCODINGS) {
    expect(accepts(() => assertPeerId(fromHex(encoding)))).toBe(false);
    expect(accepts(() => x(fromHex(encoding)))).toBe(false);
  }
});
