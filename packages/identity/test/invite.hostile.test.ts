import { bech32m } from '@scure/base';
import { encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeInvite, encodeInvite, Identity, IdentityError, type Invite } from '../src/index.js';

const invite: Invite = {
  id: Identity.fromSeed(new Uint8Array(32).fill(9)).id,
  psk: new Uint8Array(32).fill(3),
  urls: ['wss://one.example/prefix', 'ws://[::1]:8080'],
  expires: 1_795_478_400,
};
const text = (bytes: Uint8Array): string =>
  bech32m.encode('gravyinvite', bech32m.toWords(bytes), false);
const withField = (name: string, value: unknown): string => {
  const fields = new Map(Object.entries({ v: 1, ...invite, [name]: value }));
  return text(encode(fields, rfc8949EncodeOptions));
};
const codeOf = (candidate: string): string => {
  try {
    decodeInvite(candidate);
  } catch (error) {
    if (error instanceof IdentityError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('decodeInvite', () => {
  it('takes what encodeInvite makes, and ignores keys it does not know', () => {
    expect(decodeInvite(` ${encodeInvite(invite)}\n`)).toEqual(invite);
    expect(decodeInvite(encodeInvite({ ...invite, name: 'Bär' })).name).toBe('Bär');
    expect(decodeInvite(withField('later', 'x'))).toEqual(invite);
  });

  it.each([
    ['another version', 'v', 2],
    ['a short psk', 'psk', new Uint8Array(31).fill(1)],
    ['a psk of zeros', 'psk', new Uint8Array(32)],
    ['a psk of text', 'psk', 'x'.repeat(32)],
    ['no address', 'urls', []],
    ['nine addresses', 'urls', Array(9).fill('ws://a')],
    ['an address of bytes', 'urls', [new Uint8Array(3)]],
    ['another scheme', 'urls', ['http://a']],
    ['a user', 'urls', ['ws://me@a']],
    ['a query', 'urls', ['ws://a/?b']],
    ['a fragment', 'urls', ['ws://a/#b']],
    ['white space', 'urls', ['ws://a b']],
    ['a backslash', 'urls', ['ws://a\\b']],
    ['no host', 'urls', ['ws:///path']],
    ['a text for the expiry', 'expires', '1'],
    ['a fraction for the expiry', 'expires', 1.5],
    ['a negative expiry', 'expires', -1],
    ['a name of 257 bytes', 'name', 'é'.repeat(129)],
    ['null where nothing is known', 'later', null],
    ['a short id', 'id', new Uint8Array(31)],
  ])('refuses %s', (_what, name, value) => {
    expect(codeOf(withField(name, value))).toBe('invalid_invite');
  });

  it('refuses a key of small order as unsafe', () => {
    expect(codeOf(withField('id', new Uint8Array(32)))).toBe('unsafe_id');
  });

  it.each([
    ['trailing bytes', (bytes: number[]) => [...bytes, 0]],
    ['an indefinite map', ([, ...rest]: number[]) => [0xbf, ...rest, 0xff]],
    ['a missing end', (bytes: number[]) => bytes.slice(0, -1)],
  ])('refuses %s', (_what, change) => {
    const bytes = encode(new Map(Object.entries({ v: 1, ...invite })), rfc8949EncodeOptions);
    expect(codeOf(text(Uint8Array.from(change([...bytes]))))).toBe('invalid_invite');
  });

  it('refuses an invite with a typing error, or of another kind', () => {
    const whole = encodeInvite(invite);
    expect(codeOf(whole.replace(/.$/u, (last) => (last === 'q' ? 'p' : 'q')))).toBe(
      'invalid_invite',
    );
    expect(codeOf('')).toBe('invalid_invite');
    expect(codeOf(Identity.generate().text)).toBe('invalid_invite');
    expect(codeOf(`gravyinvite1${'q'.repeat(5_000)}`)).toBe('invalid_invite');
  });

  it('never fails in another way, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 128 }), (bytes) => {
        expect(['invalid_invite', 'invalid_id', 'unsafe_id']).toContain(codeOf(text(bytes)));
      }),
      { seed: 20_261_123, numRuns: 1_000 },
    );
  });
});

it('encodeInvite refuses what decodeInvite would', () => {
  const wrong = { ...invite, psk: new Uint8Array(32) };
  expect(() => encodeInvite(wrong)).toThrow(expect.objectContaining({ code: 'misuse' }));
});
