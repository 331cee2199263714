import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody, encodeBody, MalformedBodyError } from '../src/application/cbor.js';
import { decodeAck, decodeText, encodeAck, encodeText } from '../src/application/messages.js';

const id = new Uint8Array(16).fill(7);
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');

describe('decodeBody refuses', () => {
  it.each([
    ['nothing', ''],
    ['trailing bytes', 'a000'],
    ['an array', '80'],
    ['a duplicate key', 'a2616101616101'],
    ['unsorted keys', 'a2616201616101'],
    ['an indefinite map', 'bf616101ff'],
    ['an indefinite text', 'a161617f6161ff'],
    ['a number not in its shortest form', 'a161611801'],
    ['a negative number', 'a1616120'],
    ['a number above 2^53 - 1', 'a161611b0020000000000000'],
    ['a float', 'a16161fb3ff8000000000000'],
    ['a float with a whole value', 'a16161f93c00'],
    ['null', 'a16161f6'],
    ['undefined', 'a16161f7'],
    ['true', 'a16161f5'],
    ['a tag', 'a16161c001'],
    ['a number as key', 'a10101'],
    ['bytes as key', 'a1416101'],
    ['ill-formed UTF-8', 'a1616161ff'],
    ['half a surrogate pair', 'a1616163eda080'],
  ])('%s', (_what, text) => {
    expect(() => decodeBody(hex(text))).toThrow(MalformedBodyError);
  });

  it('nesting that would exhaust the stack', () => {
    const deep = new Uint8Array(200_000).fill(0x81);
    deep.set(hex('a16161'));
    expect(() => decodeBody(deep)).toThrow(MalformedBodyError);
  });

  it('random bytes, without any other error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          const map = decodeBody(bytes);
          expect(encodeBody(Object.fromEntries(map))).toEqual(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBodyError);
        }
      }),
      { seed: 20_261_123, numRuns: 2_000 },
    );
  });
});

describe('decodeText', () => {
  const body = (fields: Record<string, unknown>): Uint8Array =>
    encode(new Map(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))));

  it('ignores keys it does not know', () => {
    const bytes = encodeBody({ id, at: 1, text: 'hello', zz: 'later' });
    expect(decodeText(bytes)).toEqual({ id, at: 1, text: 'hello' });
  });

  it('takes a text that begins with a byte order mark as it is', () => {
    const text = '\uFEFFfrom a file';
    expect(decodeText(encodeText({ id, at: 1, text })).text).toBe(text);
  });

  it('takes a text of 65,536 bytes and none of more', () => {
    const longest = '\u{1F44B}'.repeat(16_384);
    expect(decodeText(encodeText({ id, at: 1, text: longest })).text).toBe(longest);
    expect(() => decodeText(encodeText({ id, at: 1, text: `${longest}x` }))).toThrow(
      MalformedBodyError,
    );
  });

  it.each([
    ['an empty text', { at: 1, id, text: '' }],
    ['no text', { at: 1, id }],
    ['a text of bytes', { at: 1, id, text: id }],
    ['no time', { id, text: 'a' }],
    ['no id', { at: 1, text: 'a' }],
    ['a short id', { at: 1, id: id.slice(1), text: 'a' }],
    ['an answer to no id', { at: 1, id, replyTo: 'a', text: 'a' }],
  ])('refuses %s', (_what, fields) => {
    expect(() => decodeText(body(fields))).toThrow(MalformedBodyError);
  });
});

describe('decodeAck', () => {
  it('takes 1 to 1,000 ids and no other number', () => {
    const ids = Array.from({ length: 1_000 }, () => id);
    expect(decodeAck(encodeAck({ ids, state: 'delivered' })).ids).toHaveLength(1_000);
    for (const wrong of [[], [...ids, id]]) {
      expect(() => decodeAck(encodeAck({ ids: wrong, state: 'read' }))).toThrow(MalformedBodyError);
    }
  });

  it('refuses a state it does not know', () => {
    expect(() => decodeAck(encodeBody({ ids: [id], state: 'seen' }))).toThrow(MalformedBodyError);
  });
});
