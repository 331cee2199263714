// The text forms of the specification's worked example, and the bounds of bech32m: Spec 0.7, 8.9, 8.10 and appendix A.
import { readFileSync } from 'node:fs';
import { bech32m } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { decodeId, decodeInvite, encodeId, encodeInvite, safetyNumber } from '../../src/index.js';

const specification = readFileSync(
  new URL('../../../../docs/spec/protocol.md', import.meta.url),
  'utf8',
);
const appendix = specification.slice(specification.indexOf('## Appendix A'));

function valueOf(name: string, pattern = '\\S+'): string {
  const [, value] = new RegExp(`^${name} +(${pattern})$`, 'mu').exec(appendix) ?? [];
  if (value === undefined) throw new Error(`the appendix has no ${name}`);
  return value;
}
const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(Buffer.from(valueOf(name, '[0-9a-f]+'), 'hex'));

describe('the worked example', () => {
  const [own, other] = [bytesOf('id_s'), bytesOf('id_c')];

  it('has these text forms', () => {
    const id = valueOf('id_s', 'gravy1\\S+');
    expect(encodeId(own)).toBe(id);
    expect(decodeId(id)).toEqual(own);
    const invite = {
      id: own,
      psk: bytesOf('psk'),
      urls: ['ws://192.0.2.7:8080'],
      expires: 1_800_086_400,
    };
    const text = valueOf('invite');
    expect(encodeInvite(invite)).toBe(text);
    expect(decodeInvite(text)).toEqual(invite);
    const { words } = bech32m.decode<string>(text as `gravyinvite1${string}`, false);
    const cbor = Buffer.from(bech32m.fromWords(words)).toString('hex');
    expect(cbor).toBe(valueOf('invite, CBOR'));
  });

  it('has this safety number', () => {
    const number = valueOf('safety number', '[0-9 ]+');
    expect(safetyNumber(own, other)).toBe(number);
    expect(safetyNumber(other, own)).toBe(number);
  });
});

describe('a text', () => {
  const id = bytesOf('id_c');

  it('is written in lower case, and read in either, but not in both', () => {
    const text = encodeId(id);
    expect(text).toBe(text.toLowerCase());
    expect(decodeId(text.toUpperCase())).toEqual(id);
    expect(() => decodeId(text.replace(/[a-z]$/u, (last) => last.toUpperCase()))).toThrow();
    expect(() => decodeId(text.replace('gravy', 'Gravy'))).toThrow();
  });

  it('with five bits of padding, or padding that is not zero, is refused', () => {
    const words = bech32m.toWords(id);
    expect(decodeId(bech32m.encode('gravy', words, false))).toEqual(id);
    expect(() => decodeId(bech32m.encode('gravy', [...words, 0], false))).toThrow();
    const last = words.length - 1;
    const marked = words.map((word, at) => (at === last ? word | 1 : word));
    expect(() => decodeId(bech32m.encode('gravy', marked, false))).toThrow();
  });

  it('of more than 4,096 characters is refused, whatever it says', () => {
    // A known length of url for each length of text: the longest invite that still fits is taken.
    const invite = (url: number): string =>
      bech32m.encode('gravyinvite', bech32m.toWords(inviteBytes(url)), false);
    const lengths = Array.from({ length: 2_400 }, (_, index) => 400 + index);
    const longest = lengths.findLast((length) => invite(length).length <= 4_096) ?? 0;
    expect(invite(longest).length).toBeGreaterThan(4_090);
    expect(decodeInvite(invite(longest)).urls).toHaveLength(2);
    expect(invite(longest + 1).length).toBeGreaterThan(4_096);
    expect(() => decodeInvite(invite(longest + 1))).toThrow(
      expect.objectContaining({ code: 'invalid_invite' }),
    );
  });

  /** An invite in CBOR by hand, as the encoder makes no text that is too long. */
  function inviteBytes(padding: number): Uint8Array {
    const text = (value: string): Buffer => {
      const bytes = Buffer.from(value);
      const { length } = bytes;
      if (length < 24) return Buffer.concat([Buffer.of(0x60 | length), bytes]);
      return Buffer.concat([Buffer.of(0x79, length >> 8, length & 0xff), bytes]);
    };
    const half = padding >> 1;
    return Buffer.concat([
      Buffer.from('a56176016269645820', 'hex'),
      id,
      Buffer.from('6370736b5820', 'hex'),
      bytesOf('psk'),
      text('urls'),
      Buffer.of(0x82),
      text(`ws://h/${'x'.repeat(half)}`),
      text(`ws://h/${'x'.repeat(padding - half)}`),
      text('expires'),
      Buffer.from('1a6b4b2380', 'hex'),
    ]);
  }
});
