import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { portableBackend } from '../src/backend/portable.js';
import { concatBytes } from '../src/bytes.js';
import { OwnKey } from '../src/identity-key/own-key.js';
import { SMALL_ORDER_ENCODINGS } from './small-order-encodings.js';
import { verifyStrict } from '../src/identity-key/verify-strict.js';
import { allBackends } from './backends.js';
import { encode, L, P } from './edwards25519.js';
import { fromHex, toHex } from './vector-file.js';

const misuse = expect.objectContaining({ code: 'misuse' });
const seed = new Uint8Array(32).fill(9);
const body = new TextEncoder().encode('body');
const context = 'Gravy/1 address';

describe.each(allBackends)('own key with the $name back end', (backend) => {
  test('signs in a context, and only that context verifies', () => {
    const key = OwnKey.fromSeed(seed, backend);
    const signature = key.sign(context, body);
    const claim = { id: key.id, context, body, signature, backend };
    expect(verifyStrict(claim)).toBe(true);
    expect(verifyStrict({ ...claim, backend: undefined })).toBe(true);
    expect(verifyStrict({ ...claim, context: 'Gravy/1 other' })).toBe(false);
    expect(verifyStrict({ ...claim, body: seed })).toBe(false);
    expect(verifyStrict({ ...claim, id: OwnKey.fromSeed(body32(), backend).id })).toBe(false);
    expect(verifyStrict({ ...claim, signature: signature.subarray(1) })).toBe(false);
    expect(verifyStrict({ ...claim, id: seed.subarray(1) })).toBe(false);
  });

  test('small-order points verify nothing, neither as id nor in a signature', () => {
    const key = OwnKey.fromSeed(seed, backend);
    const scalar = key.sign(context, body).subarray(32);
    for (const encoding of SMALL_ORDER_ENCODINGS) {
      const point = fromHex(encoding);
      const zero = concatBytes(point, new Uint8Array(32));
      const claims = [
        { id: point, signature: zero },
        { id: point, signature: concatBytes(point, scalar) },
        { id: key.id, signature: concatBytes(point, scalar) },
        { id: key.id, signature: zero },
      ];
      for (const claim of claims) {
        expect(verifyStrict({ ...claim, context, body, backend })).toBe(false);
      }
    }
  });

  test('a scalar of L or more is refused', () => {
    const key = OwnKey.fromSeed(seed, backend);
    const signature = key.sign(context, body);
    const scalar = BigInt(`0x${toHex(signature.subarray(32).toReversed())}`);
    const larger = fromHex((scalar + L).toString(16).padStart(64, '0')).toReversed();
    const malleated = concatBytes(signature.subarray(0, 32), larger);
    expect(verifyStrict({ id: key.id, context, body, signature: malleated, backend })).toBe(false);
  });
});

test('what back ends disagree on is refused before any of them is asked', () => {
  const key = OwnKey.fromSeed(seed);
  const signature = key.sign(context, body);
  const [point, scalar] = [signature.subarray(0, 32), signature.subarray(32)];
  const credulous = { ...portableBackend, unsafeVerifyLoosely: () => true };
  const claim = { id: key.id, context, body, signature, backend: credulous };
  const notCanonical = encode(P + 3n, 0n);
  const smallOrder = fromHex(SMALL_ORDER_ENCODINGS[4] ?? '');
  const tooLarge = fromHex(L.toString(16).padStart(64, '0')).toReversed();
  expect(verifyStrict(claim)).toBe(true);
  expect(verifyStrict({ ...claim, id: notCanonical })).toBe(false);
  expect(verifyStrict({ ...claim, id: smallOrder })).toBe(false);
  expect(verifyStrict({ ...claim, signature: concatBytes(notCanonical, scalar) })).toBe(false);
  expect(verifyStrict({ ...claim, signature: concatBytes(smallOrder, scalar) })).toBe(false);
  expect(verifyStrict({ ...claim, signature: concatBytes(point, tooLarge) })).toBe(false);
});

function body32(): Uint8Array {
  return new Uint8Array(32).fill(10);
}

test('copies the seed and leaves it alone', () => {
  const own = seed.slice();
  const key = OwnKey.fromSeed(own);
  const id = toHex(key.id);
  own.fill(0);
  expect(toHex(OwnKey.fromSeed(seed).id)).toBe(id);
  expect(key.sign(context, body)).toEqual(OwnKey.fromSeed(seed).sign(context, body));
  expect(() => OwnKey.fromSeed(seed.subarray(1))).toThrow(misuse);
});

test('shows no secret to inspection, serialisation or enumeration', () => {
  const key = OwnKey.fromSeed(seed);
  const secrets = [toHex(seed), inspect(seed).slice(12, 40), Array.from(seed).join(',')];
  const shown = [
    inspect(key, { showHidden: true, depth: 9, getters: true }),
    JSON.stringify(key),
    JSON.stringify(Object.getOwnPropertyDescriptors(key)),
  ].join('\n');
  for (const secret of secrets) expect(shown).not.toContain(secret);
  expect(Reflect.ownKeys(key)).toEqual([]);
  expect(() => structuredClone(key).id).not.toThrow();
  expect(Reflect.ownKeys(structuredClone(key))).toEqual([]);
});

test('signs no handshake for a caller, and no context that is not plain', () => {
  const key = OwnKey.fromSeed(seed);
  for (const wrong of ['Gravy/1 client auth', 'Gravy/1 server auth', '', 'a\0b', 'é', 'a\n']) {
    expect(() => key.sign(wrong, body)).toThrow(misuse);
  }
});

test('signs nothing once erased; the id stays readable', () => {
  const key = OwnKey.fromSeed(seed);
  const id = key.id;
  key.erase();
  key.erase();
  expect(() => key.sign(context, body)).toThrow(misuse);
  expect(key.id).toEqual(id);
  id.fill(0);
  expect(key.id).not.toEqual(id);
});
