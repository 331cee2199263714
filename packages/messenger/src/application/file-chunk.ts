// Spec 8.5: FILE_CHUNK, which is not CBOR.
import { MalformedBodyError } from './cbor.js';

const ID_BYTES = 16;
const HEADER_BYTES = ID_BYTES + 8;

/** The most data in one chunk: with these its record fills its bucket exactly. */
export const MAX_CHUNK_DATA_BYTES = 262_107;
export const MAX_TUNNEL_CHUNK_DATA_BYTES = 65_499;

export interface FileChunk {
  readonly id: Uint8Array;
  readonly offset: number;
  /** A view of the record's body. */
  readonly data: Uint8Array;
}

export interface ChunkRoom {
  readonly data: Uint8Array;
  readonly body: (offset: number, length: number) => Uint8Array;
}

/**
 * Room for a chunk: `data` is to be filled by the caller, so that what is read from disk is not copied;
 * the first `24 + length` bytes of `body` are the record's.
 */
export function chunkRoom(options: { id: Uint8Array; dataBytes: number }): ChunkRoom {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + options.dataBytes);
  buffer.set(options.id);
  return {
    data: buffer.subarray(HEADER_BYTES),
    body: (offset, length) => {
      buffer.writeBigUInt64BE(BigInt(offset), ID_BYTES);
      return buffer.subarray(0, HEADER_BYTES + length);
    },
  };
}

/** A record's own bytes before the data, and what a back end may have left behind it. */
const MAX_AROUND_DATA_BYTES = 64;

/**
 * Gives the memory of a received chunk back at once, if nothing else can be in it. V8 would collect it, too, but marks the
 * whole heap each time 64 MiB have come together.
 */
export function releaseChunk({ buffer, byteLength }: Uint8Array): void {
  if (buffer.byteLength - byteLength > MAX_AROUND_DATA_BYTES) return;
  if ('transfer' in buffer) buffer.transfer(0);
}

/** @throws MalformedBodyError if there is no data, or too much, or an offset beyond 2^53 - 1 */
export function decodeChunk(body: Uint8Array): FileChunk {
  const length = body.length - HEADER_BYTES;
  if (length < 1 || length > MAX_CHUNK_DATA_BYTES) {
    throw new MalformedBodyError('FILE_CHUNK of a size that is not allowed');
  }
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const offset = view.getBigUint64(ID_BYTES);
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new MalformedBodyError('FILE_CHUNK with an offset beyond every file');
  }
  return {
    id: body.subarray(0, ID_BYTES),
    offset: Number(offset),
    data: body.subarray(HEADER_BYTES),
  };
}
