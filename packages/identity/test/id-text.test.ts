import { bech32m } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeId, encodeId, Identity, IdentityError } from '../src/index.js';
import { FIELD_PRIME, littleEndian, smallOrderEncodings } from './edwards25519.js';

const identity = Identity.fromSeed(new Uint8Array(32).fill(5));
const textOf = (bytes: Uint8Array): string =>
  bech32m.encode('gravy', bech32m.toWords(bytes), false);
const codeOf = (text: string): string => {
  try {
    decodeId(text);
  } catch (error) {
    if (error instanceof IdentityError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('ids as text', () => {
  it('come back from every form in which people hand them on', () => {
    const { id, text } = identity;
    const hex = Buffer.from(id).toString('hex');
    const base64 = Buffer.from(id).toString('base64');
    const forms = [text, text.toUpperCase(), ` ${text}\n`, hex, hex.toUpperCase(), base64];
    const others = [base64.slice(0, 43), Buffer.from(id).toString('base64url')];
    for (const form of [...forms, ...others]) expect(decodeId(form)).toEqual(id);
  });

  it('survive encoding and decoding, whatever the seed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        const { id } = Identity.fromSeed(seed);
        expect(decodeId(encodeId(id))).toEqual(id);
      }),
      { seed: 20_261_123, numRuns: 50 },
    );
  });

  it('with any one character changed are invalid', () => {
    const { text } = identity;
    for (let at = 0; at < text.length; at += 1) {
      const other = text[at] === 'q' ? 'p' : 'q';
      const mistyped = text.slice(0, at) + other + text.slice(at + 1);
      expect(codeOf(mistyped), mistyped).toBe('invalid_id');
    }
  });

  it.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['a part', identity.text.slice(0, -1)],
    ['mixed case', `G${identity.text.slice(1)}`],
    ['another prefix', bech32m.encode('gravyinvite', bech32m.toWords(identity.id), false)],
    ['31 bytes', textOf(identity.id.slice(1))],
    ['33 bytes', textOf(new Uint8Array(33).fill(1))],
    ['base64 whose last bits are not zero', `${'A'.repeat(42)}B=`],
    ['base64 of both alphabets', `-/${'A'.repeat(41)}=`],
    ['a megabyte', `gravy1${'q'.repeat(1_000_000)}`],
    ['63 hexadecimal digits', 'a'.repeat(63)],
    ['a y that is not below p', littleEndian(FIELD_PRIME + 3n)],
    ['a y of no point', `02${'00'.repeat(31)}`],
  ])('of %s are invalid', (_what, text) => {
    expect(codeOf(text)).toBe('invalid_id');
  });

  it('are made from 32 bytes only', () => {
    const misuse = expect.objectContaining({ code: 'misuse' });
    expect(() => encodeId(identity.id.slice(1))).toThrow(misuse);
    expect(() => encodeId(new Uint8Array(33))).toThrow(misuse);
  });

  it('with padding that is not zero are invalid', () => {
    const words = bech32m.toWords(identity.id);
    words[words.length - 1] = (words.at(-1) ?? 0) | 1;
    expect(codeOf(bech32m.encode('gravy', words, false))).toBe('invalid_id');
  });

  it('of small order are unsafe, in each of the 14 encodings', () => {
    const encodings = smallOrderEncodings();
    expect(encodings.size).toBe(14);
    for (const encoding of encodings) {
      expect(codeOf(encoding)).toBe('unsafe_id');
      expect(codeOf(encodeId(Buffer.from(encoding, 'hex')))).toBe('unsafe_id');
    }
  });
});
