import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeInvite, encodeInvite, Identity, type Invite } from '../src/index.js';

const invite: Invite = {
  id: Identity.fromSeed(new Uint8Array(32).fill(9)).id,
  psk: new Uint8Array(32).fill(3),
  urls: ['wss://one.example'],
  expires: 1_795_478_400,
};

const url = fc
  .tuple(
    fc.constantFrom('ws', 'wss'),
    fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    ),
    fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: undefined }),
    fc.stringMatching(/^(\/[a-zA-Z0-9._~%!$&'()*+,;=:@-]{0,20}){0,2}$/u),
  )
  .map(
    ([scheme, host, port, path]) =>
      `${scheme}://${host}${port === undefined ? '' : `:${port}`}${path}`,
  );

const anyInvite: fc.Arbitrary<Invite> = fc.record(
  {
    id: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((seed) => Identity.fromSeed(seed).id),
    psk: fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .filter((psk) => psk.some((byte) => byte !== 0)),
    urls: fc.array(url, { minLength: 1, maxLength: 8 }),
    expires: fc.maxSafeNat(),
    name: fc.string({ unit: 'binary', maxLength: 64 }).filter((name) => name.isWellFormed()),
  },
  { requiredKeys: ['id', 'psk', 'urls', 'expires'] },
);

describe('invites', () => {
  it('survive encoding and decoding, in either case', () => {
    fc.assert(
      fc.property(anyInvite, (any) => {
        const text = encodeInvite(any);
        expect(decodeInvite(text)).toEqual(any);
        expect(decodeInvite(text.toUpperCase())).toEqual(any);
        expect(encodeInvite(decodeInvite(text))).toBe(text);
      }),
      { seed: 20_261_123, numRuns: 60 },
    );
  });

  it('keep a name as it was given, byte order mark included', () => {
    const name = '\uFEFFB\u00E4r';
    expect(decodeInvite(encodeInvite({ ...invite, name })).name).toBe(name);
    const long = 'x'.repeat(256);
    expect(decodeInvite(encodeInvite({ ...invite, name: long })).name).toBe(long);
  });

  it.each<[string, Partial<Invite>, string]>([
    ['a psk of zeros', { psk: new Uint8Array(32) }, 'misuse'],
    ['a short psk', { psk: new Uint8Array(31).fill(1) }, 'misuse'],
    ['a short id', { id: new Uint8Array(31) }, 'misuse'],
    ['a key of small order', { id: new Uint8Array(32) }, 'unsafe_id'],
    ['bytes that are no key', { id: new Uint8Array(32).fill(2, 0, 1) }, 'invalid_id'],
    ['no address', { urls: [] }, 'misuse'],
    ['nine addresses', { urls: Array<string>(9).fill('ws://a') }, 'misuse'],
    ['an address that is none', { urls: ['a'] }, 'misuse'],
    ['half a second', { expires: 0.5 }, 'misuse'],
    ['a long name', { name: 'x'.repeat(257) }, 'misuse'],
    ['half a surrogate pair', { name: '\uD800' }, 'misuse'],
    [
      'more than 4,096 characters',
      { urls: Array(2).fill(`ws://h/${'x'.repeat(1_300)}`) },
      'misuse',
    ],
  ])('are not made with %s', (_what, fields, code) => {
    const attempt = (): string => encodeInvite({ ...invite, ...fields });
    expect(attempt).toThrow(expect.objectContaining({ code }));
  });
});
