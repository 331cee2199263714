import type { SeededRandom } from './seeded-random.js';

type Mutation = (random: SeededRandom, bytes: Uint8Array) => Uint8Array;

const EDGES = [0x00, 0x01, 0x7f, 0x80, 0xff] as const;

function changed(
  random: SeededRandom,
  bytes: Uint8Array,
  value: (old: number) => number,
): Uint8Array {
  const copy = bytes.slice();
  const at = random.below(copy.length);
  copy.set([value(copy[at] ?? 0)], at);
  return copy;
}

function spliced(bytes: Uint8Array, from: number, to: number, between: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, from), ...between, ...bytes.subarray(to)]);
}

const mutations: readonly [Mutation, ...Mutation[]] = [
  (random, bytes) => changed(random, bytes, (old) => old ^ (1 << random.below(8))),
  (random, bytes) => changed(random, bytes, () => random.pick(EDGES)),
  (random, bytes) => changed(random, bytes, () => random.below(256)),
  // A run of one value, as in an unset or saturated field.
  (random, bytes) => {
    const at = random.below(bytes.length);
    return bytes.slice().fill(random.pick(EDGES), at, at + 1 + random.below(48));
  },
  (random, bytes) => bytes.slice(0, random.below(bytes.length)),
  (random, bytes) => {
    const at = random.below(bytes.length);
    return spliced(bytes, at, at, random.bytes(1 + random.below(8)));
  },
  (random, bytes) => {
    const at = random.below(bytes.length);
    return spliced(bytes, at, at + 1 + random.below(8), new Uint8Array(0));
  },
  // A part from elsewhere in the same input.
  (random, bytes) => {
    const copy = bytes.slice();
    const from = random.below(copy.length);
    copy.copyWithin(random.below(copy.length), from, from + 1 + random.below(64));
    return copy;
  },
];

/** One to four changes of an input that was valid; never the same array. */
export function mutate(random: SeededRandom, valid: Uint8Array): Uint8Array {
  // A copy even of a Buffer, whose own `slice` is a view.
  let bytes: Uint8Array = new Uint8Array(valid);
  for (let rounds = 1 + random.below(4); rounds > 0 && bytes.length > 0; rounds -= 1) {
    bytes = random.pick(mutations)(random, bytes);
  }
  return bytes;
}
