import { encode, rfc8949EncodeOptions } from 'cborg';
import { describe, expect, it } from 'vitest';
import {
  decodeFileAccept,
  decodeFileCancel,
  decodeFileCredit,
  decodeFileDone,
  decodeFileEnd,
  decodeFileOffer,
  encodeFileAccept,
  encodeFileCancel,
  encodeFileCredit,
  encodeFileDone,
  encodeFileEnd,
  encodeFileOffer,
} from '../../src/application/file-bodies.js';
import { chunkRoom, decodeChunk } from '../../src/application/file-chunk.js';

const id = new Uint8Array(16).fill(1);
const hash = new Uint8Array(32).fill(2);
const cbor = (value: unknown): Uint8Array => encode(value, rfc8949EncodeOptions);

describe('the bodies of records about files', () => {
  it('come back as they were', () => {
    const offer = { id, at: 5, name: 'ü'.repeat(512), size: 2 ** 53 - 1, type: 'image/png' };
    expect(decodeFileOffer(encodeFileOffer(offer))).toEqual(offer);
    const plain = { id, at: 5, name: '', size: 0 };
    expect(decodeFileOffer(encodeFileOffer(plain))).toEqual(plain);
    const accept = { id, offset: 7, prefix: hash };
    expect(decodeFileAccept(encodeFileAccept(accept))).toEqual(accept);
    expect(decodeFileCredit(encodeFileCredit({ id, offset: 7 }))).toEqual({ id, offset: 7 });
    expect(decodeFileEnd(encodeFileEnd({ id, sha256: hash }))).toEqual({ id, sha256: hash });
    expect(decodeFileDone(encodeFileDone(id))).toEqual(id);
    const cancel = { id, reason: 'no' };
    expect(decodeFileCancel(encodeFileCancel(cancel))).toEqual(cancel);
  });

  it.each<[string, (body: Uint8Array) => unknown, unknown]>([
    ['an offer without a name', decodeFileOffer, { id, at: 1, size: 1 }],
    ['an offer with a long name', decodeFileOffer, { id, at: 1, size: 1, name: 'x'.repeat(1_025) }],
    [
      'an offer with a long type',
      decodeFileOffer,
      { id, at: 1, size: 1, name: 'x', type: 'x'.repeat(257) },
    ],
    ['an offer of less than nothing', decodeFileOffer, { id, at: 1, size: -1, name: 'x' }],
    ['an offer of half a byte', decodeFileOffer, { id, at: 1, size: 0.5, name: 'x' }],
    ['an offer of too much', decodeFileOffer, { id, at: 1, size: 2n ** 53n, name: 'x' }],
    [
      'an offer with a short id',
      decodeFileOffer,
      { id: id.subarray(1), at: 1, size: 1, name: 'x' },
    ],
    ['an ACCEPT without a prefix', decodeFileAccept, { id, offset: 0 }],
    [
      'an ACCEPT with a short prefix',
      decodeFileAccept,
      { id, offset: 0, prefix: hash.subarray(1) },
    ],
    ['a CREDIT without an offset', decodeFileCredit, { id }],
    ['an END with a hash that is text', decodeFileEnd, { id, sha256: 'x'.repeat(32) }],
    ['a DONE of nothing', decodeFileDone, {}],
    ['a CANCEL with a long reason', decodeFileCancel, { id, reason: 'x'.repeat(1_025) }],
    ['a CANCEL that is a list', decodeFileCancel, [id, 'no']],
  ])('%s is malformed', (_what, decode, value) => {
    expect(() => decode(cbor(value))).toThrow(
      expect.objectContaining({ name: 'MalformedBodyError' }),
    );
  });

  it('a chunk has its place and its data, and no more than fits', () => {
    const room = chunkRoom({ id, dataBytes: 3 });
    room.data.set([7, 8, 9]);
    const body = room.body(2 ** 40, 2);
    expect(body).toHaveLength(26);
    const chunk = decodeChunk(body);
    expect([chunk.id, chunk.offset, [...chunk.data]]).toEqual([Buffer.from(id), 2 ** 40, [7, 8]]);
    const malformed = expect.objectContaining({ name: 'MalformedBodyError' });
    expect(() => decodeChunk(body.subarray(0, 24))).toThrow(malformed);
    expect(() => decodeChunk(new Uint8Array())).toThrow(malformed);
    expect(() => decodeChunk(new Uint8Array(24 + 262_108))).toThrow(malformed);
    expect(decodeChunk(new Uint8Array(24 + 262_107)).data).toHaveLength(262_107);
    const beyond = new Uint8Array(25);
    beyond[17] = 0x20; // 2^53
    expect(() => decodeChunk(beyond)).toThrow(malformed);
  });
});
