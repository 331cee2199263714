import { describe, expect, it } from 'vitest';
import { aegisOpen, aegisStream } from '../src/aegis256.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** draft-irtf-cfrg-aegis-aead, "AEGIS-256 Test Vectors", test vector 1. */
const vector = {
  key: hex('1001'.padEnd(64, '0')),
  nonce: hex('100002'.padEnd(64, '0')),
  ciphertext: hex('754fc3d8c973246dcc6d741412a4b236'),
  tag: hex('1181a1d18091082bf0266f66297d167d2e68b845f61a3b0527d31fc7b7b89f13'),
};

describe('AEGIS-256', () => {
  it('opens what the draft says, and gives its keystream', () => {
    expect(aegisOpen(vector)).toEqual(new Uint8Array(16));
    expect(aegisStream(vector.key, vector.nonce, 16)).toEqual(vector.ciphertext);
  });

  it('opens nothing in which a bit is another', () => {
    for (const part of ['key', 'nonce', 'ciphertext', 'tag'] as const) {
      for (let bit = 0; bit < vector[part].length * 8; bit += 1) {
        const changed = vector[part].slice();
        changed[bit >>> 3] = (changed[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
        expect(aegisOpen({ ...vector, [part]: changed }), `${part}, bit ${bit}`).toBeUndefined();
      }
    }
    expect(aegisOpen({ ...vector, tag: vector.tag.subarray(0, 16) })).toBeUndefined();
    expect(aegisOpen({ ...vector, tag: new Uint8Array() })).toBeUndefined();
  });
});
