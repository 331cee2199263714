import { hkdfSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Identity } from '../src/index.js';

const seed = new Uint8Array(32).map((_, index) => index + 1);

describe('Identity', () => {
  it('is made from randomness, a new one each time', () => {
    expect(Identity.generate().text).not.toBe(Identity.generate().text);
    expect(Identity.generate().copySeed()).toHaveLength(32);
  });

  it('copies the seed and hands out copies', () => {
    const own = seed.slice();
    const identity = Identity.fromSeed(own);
    own.fill(0);
    expect(identity.copySeed()).toEqual(seed);
    identity.copySeed().fill(0);
    identity.id.fill(0);
    expect(identity.copySeed()).toEqual(seed);
    expect(identity.id).toEqual(Identity.fromSeed(seed).id);
    expect(() => Identity.fromSeed(seed.slice(1))).toThrow(
      expect.objectContaining({ code: 'misuse' }),
    );
  });

  it('derives other bytes for other purposes, by HKDF-SHA256', () => {
    const identity = Identity.fromSeed(seed);
    const expected = hkdfSync('sha256', seed, new Uint8Array(0), 'gravy/1 history', 32);
    expect(identity.derive('gravy/1 history', 32)).toEqual(new Uint8Array(expected));
    expect(identity.derive('gravy/1 other', 32)).not.toEqual(new Uint8Array(expected));
  });

  it('derives 1 to 8,160 bytes', () => {
    const identity = Identity.fromSeed(seed);
    expect(identity.derive('x', 1)).toEqual(identity.derive('x', 8_160).subarray(0, 1));
    for (const length of [0, -1, 1.5, 8_161, Number.NaN]) {
      expect(() => identity.derive('x', length)).toThrow(
        expect.objectContaining({ code: 'misuse' }),
      );
    }
  });

  it('shows its seed nowhere', () => {
    const identity = Identity.fromSeed(seed);
    const shown = [
      JSON.stringify(identity),
      inspect(identity, { showHidden: true, depth: 9, maxArrayLength: null }),
      String(Object.getOwnPropertyNames(identity)),
      JSON.stringify(structuredClone(Object.assign({}, identity))),
    ].join('\n');
    expect(shown).not.toContain('1, 2, 3, 4');
    expect(shown).not.toContain(Buffer.from(seed).toString('hex'));
    expect(shown).not.toContain('"0":1');
  });

  it('is of no use once erased, but for its id', () => {
    const identity = Identity.fromSeed(seed);
    identity.erase();
    identity.erase();
    const misuse = expect.objectContaining({ code: 'misuse' });
    expect(() => identity.copySeed()).toThrow(misuse);
    expect(() => identity.derive('x', 32)).toThrow(misuse);
    expect(identity.text).toBe(Identity.fromSeed(seed).text);
  });
});
