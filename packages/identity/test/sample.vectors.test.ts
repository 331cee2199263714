import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  decodeId,
  decodeInvite,
  encodeId,
  encodeInvite,
  Identity,
  safetyNumber,
} from '../src/index.js';

const file = new URL('../../../../shared/vectors/gravy/sample.json', import.meta.url);
const isThere = existsSync(file);
if (!isThere) console.warn('Skipped: the sample session is not beside this checkout.');

interface Sample {
  text: { id: string; id_text: string };
  safety_number: { a: string; b: string; number: string };
  invite: { id: string; psk: string; urls: string[]; expires: number; name: string; text: string };
  session: { seed_c: string; id_c: string; seed_s: string; id_s: string; text_id_s: string };
}

describe.skipIf(!isThere)('the sample session', () => {
  const sample = JSON.parse(isThere ? readFileSync(file, 'utf8') : '{}') as Sample;
  const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

  it('has the same ids as text', () => {
    expect(encodeId(bytes(sample.text.id))).toBe(sample.text.id_text);
    expect(decodeId(sample.text.id_text)).toEqual(bytes(sample.text.id));
  });

  it('has the same identities', () => {
    const { seed_c: client, id_c: idOfClient, seed_s: server, text_id_s: text } = sample.session;
    expect(Identity.fromSeed(bytes(client)).id).toEqual(bytes(idOfClient));
    expect(Identity.fromSeed(bytes(server)).text).toBe(text);
  });

  it('has the same safety number, whoever computes it', () => {
    const { a, b, number } = sample.safety_number;
    expect(safetyNumber(bytes(a), bytes(b))).toBe(number);
    expect(safetyNumber(bytes(b), bytes(a))).toBe(number);
  });

  it('has the same invite', () => {
    const { id, psk, urls, expires, name, text } = sample.invite;
    const invite = { id: bytes(id), psk: bytes(psk), urls, expires, name };
    expect(encodeInvite(invite)).toBe(text);
    expect(decodeInvite(text)).toEqual(invite);
  });
});
