import { describe, expect, it } from 'vitest';
import { Identity, lockIdentity, type RandomBytes } from '../src/index.js';

const cost = { N: 2, r: 1, p: 1 };

describe('a source of randomness given by the caller', () => {
  it('makes the identity, and its bytes are overwritten', () => {
    const given: Uint8Array[] = [];
    const source: RandomBytes = (length) => {
      const bytes = new Uint8Array(length).fill(7);
      given.push(bytes);
      return bytes;
    };
    expect(Identity.generate(source).text).toBe(Identity.fromSeed(new Uint8Array(32).fill(7)).text);
    expect(given).toEqual([new Uint8Array(32)]);
  });

  it.each([0, 31, 33])(
    'that gives %i bytes is misuse, before anything is made of them',
    async (length) => {
      const source: RandomBytes = () => new Uint8Array(length);
      const misuse = expect.objectContaining({ code: 'misuse' });
      expect(() => Identity.generate(source)).toThrow(misuse);
      const attempt = lockIdentity(Identity.generate(), 'pw', { cost, randomBytes: source });
      await expect(attempt).rejects.toMatchObject({ code: 'misuse' });
    },
  );
});
