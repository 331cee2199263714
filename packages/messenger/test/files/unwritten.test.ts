import { describe, expect, it } from 'vitest';
import { MAX_CHUNK_DATA_BYTES } from '../../src/application/file-chunk.js';
import { SMALL_CHUNK_BYTES } from '../../src/core/files/limits.js';
import { Unwritten } from '../../src/core/files/unwritten.js';
import { noise } from './file-people.js';

const all = (unwritten: Unwritten): Uint8Array[] => {
  const taken: Uint8Array[] = [];
  for (let next = unwritten.take(); next !== undefined; next = unwritten.take()) taken.push(next);
  return taken;
};

describe('what waits for the disk', () => {
  it('stays in the memory in which it came, if it is large', () => {
    const unwritten = new Unwritten();
    const large = [MAX_CHUNK_DATA_BYTES, SMALL_CHUNK_BYTES].map((length) => new Uint8Array(length));
    for (const data of large) unwritten.push(data);
    expect(all(unwritten).map(({ buffer }) => buffer)).toEqual(large.map(({ buffer }) => buffer));
    expect(unwritten.isEmpty).toBe(true);
  });

  it('leaves memory that is mostly something else', () => {
    const unwritten = new Unwritten();
    const received = noise(MAX_CHUNK_DATA_BYTES);
    const part = received.subarray(-SMALL_CHUNK_BYTES);
    unwritten.push(part);
    const [taken] = all(unwritten);
    expect(taken?.buffer.byteLength).toBe(SMALL_CHUNK_BYTES);
    expect(Buffer.compare(taken ?? new Uint8Array(), part)).toBe(0);
  });

  it('is put together if it is small, in order, in memory for twice as much at most', () => {
    const unwritten = new Unwritten();
    const content = noise(MAX_CHUNK_DATA_BYTES);
    for (let offset = 0, length = 0; offset < content.length; offset += length) {
      length = 1 + (offset % 2_003);
      unwritten.push(content.slice(offset, offset + length));
    }
    const taken = all(unwritten);
    expect(taken.length).toBeLessThan(20);
    expect(Buffer.compare(Buffer.concat(taken), content)).toBe(0);
    for (const { length, buffer } of taken) {
      expect(length).toBeLessThanOrEqual(SMALL_CHUNK_BYTES);
      expect(buffer.byteLength).toBeLessThanOrEqual(2 * length);
    }
  });

  it('stays as it is once it was taken', () => {
    const unwritten = new Unwritten();
    for (const byte of [1, 2, 3]) unwritten.push(new Uint8Array([byte]));
    const taken = unwritten.take();
    unwritten.push(new Uint8Array([4]));
    expect(taken).toEqual(new Uint8Array([1, 2, 3]));
    expect(all(unwritten)).toEqual([new Uint8Array([4])]);
  });
});
