// What may come instead of what an honest peer sends: no implementation may take any of it.
import { fuzz, mutate, SeededRandom } from '@gravy/testing';
import { expect } from 'vitest';
import { nodeBackend } from '../../src/node.js';
import { same } from './primitives.js';
import { receivingClients, receivingServers } from './receivers.js';
import { accepts, handshakePlaces, type Place, type Verdicts } from './verdicts.js';

const RECORD_SEED = 20_261_123;
/** Fields, tags and types lie here; what is between is ciphertext, keys and padding. */
const EDGE_BYTES = 40;
export const REFUSED: Verdicts = { ours: false, theirs: false };

export const handshake = handshakePlaces(nodeBackend);

/** Each message of the handshake, and a record each way. */
export const places: readonly Place[] = [
  ...handshake.filter(({ name }) => !name.includes('mac1')),
  recordPlace('a record of the client', receivingServers),
  recordPlace('a record of the server', receivingClients),
];

/** A text, to receivers that are new for every input: a session that has refused something is over. */
function recordPlace(
  name: string,
  receivers: typeof receivingClients | typeof receivingServers,
): Place {
  const body = new SeededRandom(RECORD_SEED).bytes(100);
  const frame = receivers(nodeBackend).sender.seal(32, body, 1);
  return {
    name,
    honest: [frame, frame],
    judge: (input) => {
      const { ours, theirs } = receivers(nodeBackend);
      return { ours: accepts(() => ours.open(input)), theirs: accepts(() => theirs.open(input)) };
    },
  };
}

export interface Thoroughness {
  readonly seed: number;
  /** Of the bytes and lengths that are not at an edge, one in so many is tried. */
  readonly oneIn: number;
  readonly mutations: number;
}

/** Resolves with how many changed inputs both have refused. */
export async function expectRefused(
  { honest: [frame], judge }: Place,
  { seed, oneIn, mutations }: Thoroughness,
): Promise<number> {
  const random = new SeededRandom(seed);
  const start = random.below(oneIn);
  const positions = Array.from(frame, (_, index) => index).filter(
    (index) => index < EDGE_BYTES || index >= frame.length - EDGE_BYTES || index % oneIn === start,
  );
  for (const byte of positions) {
    const flipped = frame.slice();
    flipped[byte] = (flipped[byte] ?? 0) ^ (1 << random.below(8));
    expect(judge(flipped), `seed ${seed}, one bit of byte ${byte}`).toEqual(REFUSED);
  }
  for (const length of positions) {
    expect(judge(frame.subarray(0, length)), `the first ${length} bytes`).toEqual(REFUSED);
  }
  expect(judge(Buffer.concat([frame, new Uint8Array(1)]))).toEqual(REFUSED);
  const attempt = (seeded: SeededRandom): void => {
    const input = mutate(seeded, frame);
    if (!same(input, frame)) expect(judge(input)).toEqual(REFUSED);
  };
  await fuzz({ name: 'rejection', attempt }, mutations, seed);
  return 2 * positions.length + 1 + mutations;
}
