// Section 3 of the specification: one record, one frame, one step of a chain.
import {
  ascii,
  join,
  open,
  readUint,
  requireThat,
  same,
  seal,
  STREAM64,
  u32,
  u64,
  zeros,
} from './primitives.js';

const BUCKETS = Array.from({ length: 11 }, (_, power) => 256 * 2 ** power);
/** Section 6 */
const MAX_RECORDS = 2 ** 20;
const END_OF_SEQ = 2 ** 48;

export interface Message {
  readonly kind: number;
  readonly timeMs: number;
  readonly body: Uint8Array;
}

/** Where one direction of a session is: what the next record takes. */
export interface Direction {
  readonly chain: Uint8Array;
  readonly epoch: number;
  readonly seq: number;
  /** The `seq` of the first record of the epoch. */
  readonly epochStart: number;
}

export function firstDirection(chain: Uint8Array): Direction {
  return { chain, epoch: 0, seq: 0, epochStart: 0 };
}

export function nextEpoch({ epoch, seq }: Direction, chain: Uint8Array): Direction {
  return { chain, epoch: epoch + 1, seq, epochStart: seq };
}

/** 3.2 */
function step(direction: Direction): { readonly mk: Uint8Array; readonly next: Direction } {
  const { chain, seq, epochStart } = direction;
  requireThat(seq - epochStart < MAX_RECORDS && seq < END_OF_SEQ, 'the limits of section 6');
  const stream = STREAM64(chain, ascii('gravy chain1'));
  return {
    mk: stream.subarray(32),
    next: { ...direction, chain: stream.subarray(0, 32), seq: seq + 1 },
  };
}

function bucketOf(length: number): number {
  const bucket = BUCKETS.find((size) => size >= length);
  requireThat(bucket !== undefined, 'the body is too long');
  return bucket;
}

/** 3.3 */
export function innerOf({ kind, timeMs, body }: Message): Uint8Array {
  const content = join(Uint8Array.of(kind), u64(timeMs), u32(body.length), body);
  const inner = zeros(bucketOf(content.length));
  inner.set(content);
  return inner;
}

/** 3.3, as 3.5 wants it checked. */
function messageOf(inner: Uint8Array): Message {
  const end = 13 + readUint(inner.subarray(9, 13));
  requireThat(bucketOf(end) === inner.length, 'not the smallest bucket');
  const isZero = inner.subarray(end).every((byte) => byte === 0);
  requireThat(isZero, 'the padding is not zero');
  return {
    kind: readUint(inner.subarray(0, 1)),
    timeMs: readUint(inner.subarray(1, 9)),
    body: inner.subarray(13, end),
  };
}

/** 3.1; `inner` may be anything, so that a test can seal what no peer would. */
export function sealFrame(
  direction: Direction,
  inner: Uint8Array,
): { readonly frame: Uint8Array; readonly mk: Uint8Array; readonly next: Direction } {
  const { mk, next } = step(direction);
  const ad = join(Uint8Array.of(0x10, 0), u32(direction.epoch), u64(direction.seq));
  const sealed = seal({ key: mk, nonce: ad.subarray(2), ad }, inner);
  return { frame: join(ad, sealed), mk, next };
}

/** 3.5, points 1 to 4. Of the directions that may be meant, at most two, the epoch in the frame picks one. */
export function openFrame(
  directions: readonly Direction[],
  frame: Uint8Array,
): { readonly message: Message; readonly epoch: number; readonly next: Direction } {
  requireThat(BUCKETS.includes(frame.length - 30), 'the size is that of no bucket');
  const ad = frame.subarray(0, 14);
  requireThat(same(ad.subarray(0, 2), Uint8Array.of(0x10, 0)), 'type');
  const epoch = readUint(ad.subarray(2, 6));
  const direction = directions.find((candidate) => candidate.epoch === epoch);
  requireThat(direction !== undefined, 'epoch');
  requireThat(same(ad.subarray(6), u64(direction.seq)), 'seq');
  const { mk, next } = step(direction);
  const inner = open({ key: mk, nonce: ad.subarray(2), ad }, frame.subarray(14));
  return { message: messageOf(inner), epoch, next };
}
