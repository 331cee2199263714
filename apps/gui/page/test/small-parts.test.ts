import { describe, expect, it } from 'vitest';
import { shortId } from '../parts/short-id.js';
import { sizeText } from '../parts/sizes.js';
import { pictureType } from '../screens/conversation/picture-type.js';

describe('small parts', () => {
  it('say sizes with a unit that fits', () => {
    expect([0, 999, 1000, 4_200_000, 123_456_789, 5e12].map(sizeText)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '4.2 MB',
      '123 MB',
      '5.0 TB',
    ]);
  });

  it('shorten ids in the middle', () => {
    expect(shortId('gravy1qx3abcdefgh7f')).toBe('gravy1qx3a…gh7f');
    expect(shortId('gravy1')).toBe('gravy1');
  });

  it('know pictures by their bytes, whatever they are called', () => {
    const bytes = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
    expect(pictureType(bytes('\u0089PNG\r\n\u001a\n...'))).toBe('image/png');
    expect(pictureType(bytes('\u00ff\u00d8\u00ff...'))).toBe('image/jpeg');
    expect(pictureType(bytes('GIF89a'))).toBe('image/gif');
    expect(pictureType(bytes('RIFF....WEBP'))).toBe('image/webp');
    for (const other of [
      '',
      '<svg xmlns',
      '<!doctype html>',
      'RIFF....WAVE',
      '%PDF-1.7',
      '\u0089PN',
    ]) {
      expect(pictureType(bytes(other))).toBeUndefined();
    }
  });
});
