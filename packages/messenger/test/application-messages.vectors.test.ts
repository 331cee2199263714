import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CborValue, decodeBody, encodeBody } from '../src/application/cbor.js';
import { decodeAck, decodeText, encodeAck, encodeText } from '../src/application/messages.js';

const file = new URL('../../../../shared/vectors/gravy/sample.json', import.meta.url);
const isThere = existsSync(file);
if (!isThere) console.warn('Skipped: the sample session is not beside this checkout.');

interface Sample {
  application: { kind: number; name: string; body: string }[];
  session: { records: { kind: number; body: string }[] };
}

describe.skipIf(!isThere)('application bodies of the sample session', () => {
  const sample = isThere ? (JSON.parse(readFileSync(file, 'utf8')) as Sample) : undefined;
  const bodies = [...(sample?.application ?? []), ...(sample?.session.records ?? [])];
  const bodiesOf = (kind: number): Uint8Array[] =>
    bodies.filter((body) => body.kind === kind).map(({ body }) => Buffer.from(body, 'hex'));

  it('has bodies to show', () => {
    expect(bodiesOf(32).length).toBeGreaterThan(3);
    expect(bodiesOf(33).length).toBeGreaterThan(1);
  });

  it('encodes every TEXT and ACK again to the same bytes', () => {
    for (const body of bodiesOf(32)) expect(hex(encodeText(decodeText(body)))).toBe(hex(body));
    for (const body of bodiesOf(33)) expect(hex(encodeAck(decodeAck(body)))).toBe(hex(body));
  });

  it('encodes the maps of every kind again to the same bytes', () => {
    for (const { body } of bodies) {
      const map = decodeBody(Buffer.from(body, 'hex'));
      expect(hex(encodeBody(Object.fromEntries(map) as Record<string, CborValue>))).toBe(body);
    }
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
