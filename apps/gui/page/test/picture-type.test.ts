import { describe, expect, it } from 'vitest';
import { shownPictureType } from '../screens/conversation/picture-type.js';

/** Hexadecimal, with spaces for the eye. */
function bytes(...parts: readonly string[]): Uint8Array {
  return Uint8Array.from(
    parts
      .join('')
      .replaceAll(' ', '')
      .match(/[\da-f]{2}/gu) ?? [],
    (byte) => Number.parseInt(byte, 16),
  );
}

const png = (size: string): Uint8Array => bytes('89504e470d0a1a0a 0000000d 49484452', size);
const JFIF = `ffe0 0010 ${'00'.repeat(14)}`;
const jpeg = (size: string): Uint8Array => bytes('ffd8', JFIF, 'ffff c2 0011 08', size);
const COMMENT = '21fe 03 616263 00';
const gif = (screen: string, frame: string): Uint8Array =>
  bytes('474946383961', screen, '80 00 00', '00'.repeat(6), COMMENT, '2c', frame);
const webp = (chunk: string): Uint8Array => bytes('52494646 00000000 57454250', chunk);

describe('pictures', () => {
  it.each([
    ['image/png', png('00001388 00001f40')], // 5000 by 8000
    ['image/jpeg', jpeg('1f40 1388')],
    ['image/gif', gif('0100 0100', '0000 0000 8813 401f')],
    ['image/webp', webp('56503820 00000000 000000 9d012a 8813 401f')],
    ['image/webp', webp('5650384c 00000000 2f 87d3 cf07')],
    ['image/webp', webp('56503858 00000000 00000000 871300 3f1f00')],
  ])('of 40 megapixels are shown: %s', (type, picture) => {
    expect(shownPictureType(picture)).toBe(type);
  });

  it.each([
    ['image/png', png('00001389 00001f40')],
    ['image/png', png('ffffffff ffffffff')],
    ['image/jpeg', jpeg('1f40 1389')],
    ['image/jpeg, whose height comes later', jpeg('0000 1388')],
    ['image/gif', gif('8913 401f', '0000 0000 0100 0100')],
    ['image/gif, whose frame is larger', gif('0100 0100', '0000 0000 8913 401f')],
    ['image/gif, whose frame reaches out', gif('0100 0100', '0100 0000 8813 401f')],
    ['image/webp', webp('56503820 00000000 000000 9d012a 8913 401f')],
    ['image/webp', webp('5650384c 00000000 2f 88d3 cf07')],
    ['image/webp', webp('56503858 00000000 00000000 881300 3f1f00')],
    ['image/webp of another kind', webp('56503859 00000000 00000000 000000 000000')],
  ])('of more are not, whatever their bytes: %s', (_type, picture) => {
    expect(shownPictureType(picture)).toBeUndefined();
  });

  it('that are cut off are not shown', () => {
    for (const whole of [
      png('00000001 00000001'),
      jpeg('0001 0001'),
      gif('0100 0100', '0000 0000 0100 0100'),
      webp('56503858 00000000 00000000 000000 000000'),
    ]) {
      expect(shownPictureType(whole)).toBeDefined();
      for (let length = 0; length < whole.length; length += 1) {
        expect(shownPictureType(whole.subarray(0, length))).toBeUndefined();
      }
    }
  });
});
