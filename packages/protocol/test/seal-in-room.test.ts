import { expect, test } from 'vitest';
import { TAG_BYTES } from '../src/backend/lengths.js';
import { portableBackend } from '../src/index.js';
import { allBackends } from './backends.js';

const KEY = new Uint8Array(32).fill(1);
const NONCE = new Uint8Array(12).fill(2);
const ASSOCIATED = new Uint8Array(14).fill(3);
const SIZES = [0, 1, 1_023, 1_024, 32_767, 32_768, 32_769, 65_535, 65_537, 262_144];

test.each(allBackends)(
  '$name seals in the room of the plaintext as it does elsewhere',
  (backend) => {
    for (const size of SIZES) {
      const plaintext = new Uint8Array(size).map((_, index) => index * 7);
      const room = new Uint8Array(size + TAG_BYTES);
      room.set(plaintext);
      const inPlace = room.subarray(0, size);
      const expected = portableBackend.aeadSeal(KEY, NONCE, ASSOCIATED, plaintext);
      const elsewhere = backend.aeadSeal(KEY, NONCE, ASSOCIATED, plaintext);
      expect(Buffer.compare(elsewhere, expected)).toBe(0);
      expect(
        Buffer.compare(backend.aeadSeal(KEY, NONCE, ASSOCIATED, inPlace, room), expected),
      ).toBe(0);
      const opened = backend.aeadOpen(KEY, NONCE, ASSOCIATED, elsewhere);
      expect(Buffer.compare(opened ?? KEY, plaintext)).toBe(0);
    }
  },
);
