import { describe, expect, test } from 'vitest';
import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { assertPeerId } from '../src/identity-key/peer-id.js';
import { isSmallOrder } from '../src/identity-key/small-order.js';
import { SMALL_ORDER_ENCODINGS } from './small-order-encodings.js';
import { OwnKey } from '../src/identity-key/own-key.js';
import { upgradePath } from '../src/upgrade-path.js';
import { allBackends } from './backends.js';
import {
  add,
  decodePoint,
  encode,
  encodePoint,
  P,
  pointAt,
  smallOrderPoints,
} from './edwards25519.js';
import { fromHex, toHex } from './vector-file.js';

const invalid = expect.objectContaining({ code: 'invalid_peer_id' });
const unsafe = expect.objectContaining({ code: 'unsafe_peer_id' });

function isPeerId(id: Uint8Array, backend: CryptoBackend): boolean {
  try {
    assertPeerId(id, backend);
    return true;
  } catch {
    return false;
  }
}

test('the table holds every encoding of every point of small order', () => {
  const encodings = smallOrderPoints().flatMap(({ x, y }) =>
    [y, y + P]
      .filter((candidate) => candidate < 2n ** 255n)
      .flatMap((candidate) =>
        (x === 0n ? [0n, 1n] : [x & 1n]).map((sign) => toHex(encode(candidate, sign))),
      ),
  );
  expect(encodings.toSorted()).toEqual(SMALL_ORDER_ENCODINGS.toSorted());
  expect(encodings).toHaveLength(14);
  expect(SMALL_ORDER_ENCODINGS.every((encoding) => isSmallOrder(fromHex(encoding)))).toBe(true);
  const others = [2n, P - 2n, P + 2n].map((y) => encode(y, 0n));
  expect(others.some(isSmallOrder)).toBe(false);
});

describe.each(allBackends)('ids with the $name back end', (backend) => {
  test('small-order points are unsafe', () => {
    for (const encoding of SMALL_ORDER_ENCODINGS) {
      expect(() => assertPeerId(fromHex(encoding), backend)).toThrow(unsafe);
    }
  });

  test('lengths, encodings that are not canonical, and points off the curve are invalid', () => {
    const id = OwnKey.fromSeed(new Uint8Array(32).fill(3), backend).id;
    assertPeerId(id, backend);
    for (const wrong of [new Uint8Array(0), id.subarray(1), new Uint8Array([...id, 0])]) {
      expect(() => assertPeerId(wrong, backend)).toThrow(invalid);
      expect(() => upgradePath(wrong, backend)).toThrow(invalid);
    }
    for (let y = 2n; y < 19n; y += 1n) {
      const encoding = encode(y + P, 0n);
      expect(() => assertPeerId(encoding, backend)).toThrow(invalid);
      expect(isPeerId(encode(y, 1n), backend)).toBe(pointAt(y) !== undefined);
    }
  });

  test('a key with a torsion component is allowed', () => {
    const point = decodePoint(OwnKey.fromSeed(new Uint8Array(32).fill(3), backend).id);
    for (const torsion of smallOrderPoints()) {
      expect(isPeerId(encodePoint(add(point, torsion)), backend)).toBe(true);
    }
  });
});
