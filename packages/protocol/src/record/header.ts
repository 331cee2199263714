// The 14 bytes before a record's ciphertext: Spec 3.1. `0x10 || 0x00 || epoch u32 || seq u64`
import { readUint64, viewOf, writeUint64 } from '../bytes.js';

export const HEADER_BYTES = 14;
const TYPE = 0x10;
const RESERVED = 0x00;
const EPOCH_OFFSET = 2;
const SEQUENCE_OFFSET = 6;

export interface RecordPosition {
  readonly epoch: number;
  readonly sequence: number;
}

/** Writes the header to the start of a frame. */
export function writeHeader(frame: Uint8Array, { epoch, sequence }: RecordPosition): void {
  const view = viewOf(frame);
  view.setUint8(0, TYPE);
  view.setUint8(1, RESERVED);
  view.setUint32(EPOCH_OFFSET, epoch);
  writeUint64(view, SEQUENCE_OFFSET, sequence);
}

/** Undefined if the first bytes are not those of a record. */
export function decodeHeader(header: Uint8Array): RecordPosition | undefined {
  if (header.length < HEADER_BYTES || header[0] !== TYPE || header[1] !== RESERVED) {
    return undefined;
  }
  const view = viewOf(header);
  return {
    epoch: view.getUint32(EPOCH_OFFSET),
    sequence: readUint64(view, SEQUENCE_OFFSET),
  };
}

/** The AEAD nonce: header bytes 2 to 13. */
export function headerNonce(header: Uint8Array): Uint8Array {
  return header.subarray(EPOCH_OFFSET, HEADER_BYTES);
}
