// What a record's ciphertext holds: Spec 3.3. `kind u8 || time_ms u64 || len u32 || body || zeros`
import { isAllZero, readUint64, viewOf, writeUint64 } from '../bytes.js';
import { MAX_BUCKET_BYTES, MIN_BUCKET_BYTES } from '../limits.js';
import type { ReceivedRecord } from './received-record.js';

const TIME_OFFSET = 1;
const LENGTH_OFFSET = 9;
const INNER_HEADER_BYTES = 13;

/** The smallest of 256, 512, ... 262,144 that holds this many bytes; more than the largest if none does. */
export function bucketBytes(bytes: number): number {
  let bucket = MIN_BUCKET_BYTES;
  while (bucket < bytes) bucket *= 2;
  return bucket;
}

/** Whether a padded inside can have this size. */
export function isBucket(bytes: number): boolean {
  return bytes <= MAX_BUCKET_BYTES && bucketBytes(bytes) === bytes;
}

/** The padded size of a record's inside. */
export function innerBytes({ body }: ReceivedRecord): number {
  return bucketBytes(INNER_HEADER_BYTES + body.length);
}

/** Writes a record to `inner`, which has `innerBytes(record)` bytes, all zero. */
export function writeInner(inner: Uint8Array, { kind, timeMs, body }: ReceivedRecord): void {
  const view = viewOf(inner);
  view.setUint8(0, kind);
  writeUint64(view, TIME_OFFSET, timeMs);
  view.setUint32(LENGTH_OFFSET, body.length);
  inner.set(body, INNER_HEADER_BYTES);
}

/** Undefined unless the padding is the one the sender had to use. The body views `inner`. */
export function decodeInner(inner: Uint8Array): ReceivedRecord | undefined {
  const view = viewOf(inner);
  const end = INNER_HEADER_BYTES + view.getUint32(LENGTH_OFFSET);
  if (bucketBytes(end) !== inner.length || !isAllZero(inner.subarray(end))) return undefined;
  return {
    kind: view.getUint8(0),
    timeMs: readUint64(view, TIME_OFFSET),
    body: inner.subarray(INNER_HEADER_BYTES, end),
  };
}
