// Sealing and opening one record in one direction: Spec 3.1 to 3.3. Pure: the state of a direction is a value, and a new one comes
// out; the caller decides that it counts, and erases the old key.
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { TAG_BYTES } from '../backend/lengths.js';
import { wipe } from '../bytes.js';
import { stepChain } from './chain.js';
import { decodeHeader, HEADER_BYTES, headerNonce, writeHeader } from './header.js';
import { decodeInner, innerBytes, isBucket, writeInner } from './inner.js';
import type { ReceivedRecord } from './received-record.js';
import { rejectedRecord } from './session-errors.js';

/** One chain and the position of its next record. `sequence` never starts anew, not at an epoch change either. */
export interface Direction {
  readonly chainKey: Uint8Array;
  readonly epoch: number;
  readonly sequence: number;
  readonly recordsInEpoch: number;
}

export function startDirection(chainKey: Uint8Array): Direction {
  return { chainKey, epoch: 0, sequence: 0, recordsInEpoch: 0 };
}

/** The same direction under the chain of the next epoch. */
export function enterNextEpoch({ epoch, sequence }: Direction, chainKey: Uint8Array): Direction {
  return { chainKey, epoch: epoch + 1, sequence, recordsInEpoch: 0 };
}

function advance(direction: Direction, chainKey: Uint8Array): Direction {
  return {
    chainKey,
    epoch: direction.epoch,
    sequence: direction.sequence + 1,
    recordsInEpoch: direction.recordsInEpoch + 1,
  };
}

export function sealRecord(
  backend: CryptoBackend,
  direction: Direction,
  record: ReceivedRecord,
): { readonly frame: Uint8Array; readonly next: Direction } {
  const { nextKey, messageKey } = stepChain(backend, direction.chainKey);
  const length = innerBytes(record);
  const frame = new Uint8Array(HEADER_BYTES + length + TAG_BYTES);
  const header = frame.subarray(0, HEADER_BYTES);
  writeHeader(frame, direction);
  const sealed = frame.subarray(HEADER_BYTES);
  const inner = sealed.subarray(0, length);
  writeInner(inner, record);
  const output = backend.aeadSeal(messageKey, headerNonce(header), header, inner, sealed);
  wipe(messageKey);
  if (output !== sealed) sealed.set(output);
  return { frame, next: advance(direction, nextKey) };
}

/** Throws `record_rejected`; `direction` is left as it was, whatever happens. */
export function openRecord(
  backend: CryptoBackend,
  direction: Direction,
  frame: Uint8Array,
): { readonly record: ReceivedRecord; readonly next: Direction } {
  const header = frame.subarray(0, HEADER_BYTES);
  const position = decodeHeader(header);
  if (
    position?.epoch !== direction.epoch ||
    position.sequence !== direction.sequence ||
    !isBucket(frame.length - HEADER_BYTES - TAG_BYTES)
  ) {
    throw rejectedRecord();
  }
  const { nextKey, messageKey } = stepChain(backend, direction.chainKey);
  const sealed = frame.subarray(HEADER_BYTES);
  const inner = backend.aeadOpen(messageKey, headerNonce(header), header, sealed);
  wipe(messageKey);
  const record = inner && decodeInner(inner);
  if (!record) {
    wipe(nextKey);
    throw rejectedRecord();
  }
  return { record, next: advance(direction, nextKey) };
}
