import { describe, expect, it } from 'vitest';
import { decodeMap, encodeMap } from '../src/strict-cbor.js';

const bytes = (hex: string): Uint8Array =>
  new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

describe('decodeMap', () => {
  it.each([
    ['a1 61 61 01', new Map([['a', 1]])],
    ['a1 61 61 1b 001fffffffffffff', new Map([['a', 2 ** 53 - 1]])],
    ['a2 61 61 40 61 62 80', new Map(Object.entries({ a: new Uint8Array(0), b: [] }))],
    ['a1 61 61 a1 60 60', new Map([['a', new Map([['', '']])]])],
    ['a1 61 61 64 efbbbf 78', new Map([['a', '\uFEFFx']])],
  ])('takes %s, which encodes again to the same', (hex, map) => {
    expect(decodeMap(bytes(hex))).toEqual(map);
    expect(encodeMap([...map])).toEqual(bytes(hex));
  });

  it.each([
    ['nothing', ''],
    ['no map', '81 01'],
    ['a key twice', 'a2 61 61 01 61 61 02'],
    ['a key twice, deeper down', 'a1 61 61 a2 61 62 01 61 62 01'],
    ['keys out of order', 'a2 61 62 01 61 61 01'],
    ['a shorter key after a longer one', 'a2 62 61 61 01 61 62 01'],
    ['a key that is a number', 'a1 01 01'],
    ['a key that is bytes', 'a1 41 61 01'],
    ['an indefinite map', 'bf 61 61 01 ff'],
    ['an indefinite array', 'a1 61 61 9f 01 ff'],
    ['an indefinite text', 'a1 61 61 7f 61 62 ff'],
    ['a break', 'a1 61 61 ff'],
    ['a byte more', 'a1 61 61 01 00'],
    ['a byte less', 'a1 61 61'],
    ['a number in more bytes than it needs', 'a1 61 61 18 01'],
    ['a length in more bytes than it needs', 'a1 78 01 61 01'],
    ['a count in more bytes than it needs', 'b8 01 61 61 01'],
    ['a number above 2^53 - 1', 'a1 61 61 1b 0020000000000000'],
    ['a negative number', 'a1 61 61 20'],
    ['half a number', 'a1 61 61 f9 3c00'],
    ['a whole number as a double', 'a1 61 61 fb 3ff0000000000000'],
    ['not a number', 'a1 61 61 f9 7e00'],
    ['true', 'a1 61 61 f5'],
    ['null', 'a1 61 61 f6'],
    ['undefined', 'a1 61 61 f7'],
    ['another simple value', 'a1 61 61 f8 ff'],
    ['a tag', 'a1 61 61 c1 01'],
    ['a big number', 'a1 61 61 c2 41 01'],
    ['a text that is not UTF-8', 'a1 61 61 61 ff'],
    ['a text with half a surrogate pair', 'a1 61 61 63 eda080'],
    ['more entries than there are', 'bb 001fffffffffffff 61 61 01'],
    ['a text longer than the input', 'a1 61 61 7b 001fffffffffffff 61'],
    ['reserved lengths', 'a1 61 61 1c'],
  ])('refuses %s', (_what, hex) => {
    expect(decodeMap(bytes(hex))).toBeUndefined();
  });

  it('refuses nesting that exhausts the stack', () => {
    const deep = Uint8Array.of(0xa1, 0x61, 0x61, ...Array<number>(100_000).fill(0x81), 1);
    expect(decodeMap(deep)).toBeUndefined();
  });
});
