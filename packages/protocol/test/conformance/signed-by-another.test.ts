// Messages 3 and 4 that open under the right key, and hold a signature of somebody else: Spec 2.6 and 2.8.
import { expect, test } from 'vitest';
import type { CryptoBackend } from '../../src/backend/crypto-backend.js';
import { nodeBackend } from '../../src/backend/node/node.js';
import { OwnKey } from '../../src/identity-key/own-key.js';
import { areConnected, errorWith, runHandshake } from '../pair.js';

const seedOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

/** The key of one seed, which signs with that of another. */
function keySigningAs(fill: number, signer: number): OwnKey {
  const backend: CryptoBackend = {
    ...nodeBackend,
    signingKeyPair: (seed) => {
      const own = nodeBackend.signingKeyPair(seed);
      const other = nodeBackend.signingKeyPair(seedOf(signer));
      return { ...own, publicKey: own.publicKey, sign: (message) => other.sign(message) };
    },
  };
  return OwnKey.fromSeed(seedOf(fill), backend);
}

test('the client refuses a message 4 that the pinned id has not signed', () => {
  expect(() => runHandshake({}, { ownKey: keySigningAs(2, 3) })).toThrow(
    errorWith('peer_not_authentic'),
  );
});

test('the server refuses a message 3 that its id has not signed', () => {
  expect(() => runHandshake({ ownKey: keySigningAs(1, 3) })).toThrow(
    errorWith('peer_not_authentic'),
  );
});

test('both take it when signer and id are one', () => {
  const keys = [{ ownKey: keySigningAs(1, 1) }, { ownKey: keySigningAs(2, 2) }] as const;
  const { client, server } = runHandshake(...keys);
  expect(areConnected(client, server)).toBe(true);
});
