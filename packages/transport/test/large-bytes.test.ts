import { describe, expect, it } from 'vitest';
import { giveBack, takeOver } from '../src/large-bytes.js';

const LARGE = 65_536;

describe('the memory of messages', () => {
  it('large ones are taken over without a copy, and given back', () => {
    const theirs = new Uint8Array(LARGE).fill(7);
    const own = takeOver(theirs) ?? Buffer.alloc(0);
    expect(theirs).toHaveLength(0);
    expect(own).toEqual(Buffer.alloc(LARGE, 7));
    giveBack(own);
    expect(own).toHaveLength(0);
  });

  it('small ones, and such as are not alone in their memory, stay as they are', () => {
    const neighbours = new ArrayBuffer(2 * LARGE);
    const shared = new Uint8Array(new SharedArrayBuffer(LARGE));
    for (const bytes of [new Uint8Array(LARGE - 1), new Uint8Array(neighbours, LARGE), shared]) {
      const { length } = bytes;
      expect(takeOver(bytes)).toBeUndefined();
      giveBack(bytes);
      expect(bytes).toHaveLength(length);
    }
  });

  it('what was given away once has nothing to give any more', () => {
    const bytes = new Uint8Array(LARGE);
    takeOver(bytes);
    expect(takeOver(bytes)).toBeUndefined();
  });
});
