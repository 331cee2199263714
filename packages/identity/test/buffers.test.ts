// A Buffer is a Uint8Array, but its `slice` is no copy.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeInvite, encodeInvite, Identity } from '../src/index.js';

describe('a Buffer', () => {
  it('as seed is copied', () => {
    const seed = Buffer.alloc(32, 3);
    const identity = Identity.fromSeed(seed);
    seed.fill(0);
    expect(identity.copySeed()).toEqual(new Uint8Array(32).fill(3));
    expect(identity.id).toEqual(Identity.fromSeed(identity.copySeed()).id);
    identity.copySeed().fill(0);
    expect(identity.copySeed()).toEqual(new Uint8Array(32).fill(3));
  });

  it('stays the caller’s when the identity is erased', () => {
    const seed = Buffer.alloc(32, 3);
    Identity.fromSeed(seed).erase();
    expect(seed).toEqual(Buffer.alloc(32, 3));
  });

  it('from a source of randomness makes an identity with the seed that belongs to its id', () => {
    const identity = Identity.generate(randomBytes);
    expect(identity.copySeed()).not.toEqual(new Uint8Array(32));
    expect(identity.id).toEqual(Identity.fromSeed(identity.copySeed()).id);
  });

  it('as id is left as it is, the sign of its point too', () => {
    const { id } = withSignBit();
    const invite = { id: Buffer.from(id), psk: Buffer.alloc(32, 1), urls: ['ws://a'], expires: 1 };
    expect(decodeInvite(encodeInvite(invite)).id).toEqual(id);
    expect(new Uint8Array(invite.id)).toEqual(id);
  });
});

describe('in place of bytes', () => {
  it.each<[string, unknown]>([
    ['a string', '1'.repeat(32)],
    ['an array', Array.from({ length: 32 }, () => 1)],
    ['an ArrayBuffer', new ArrayBuffer(32)],
    ['other numbers', new Uint16Array(32)],
    ['nothing', undefined],
  ])('%s is no seed', (_what, value) => {
    expect(() => Identity.fromSeed(value as Uint8Array)).toThrow(
      expect.objectContaining({ code: 'misuse' }),
    );
  });
});

/** The first of some identities whose public key has the highest bit set. */
function withSignBit(): Identity {
  for (let fill = 0; ; fill += 1) {
    const identity = Identity.fromSeed(new Uint8Array(32).fill(fill));
    if ((identity.id[31] ?? 0) >= 0x80) return identity;
  }
}
