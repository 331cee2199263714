import * as nodeCrypto from 'node:crypto';
import { ChaCha20Poly1305 } from '@stablelib/chacha20poly1305';
import { HKDF } from '@stablelib/hkdf';
import { expect, test, vi } from 'vitest';
import { detectNativeFeatures } from '../src/backend/node/features.js';
import { nodeBackend } from '../src/backend/node/node.js';
import { portableBackend } from '../src/backend/portable.js';
import { allBackends, bareNodeBackend } from './backends.js';
import { errorWith } from './pair.js';
import { toHex } from './vector-file.js';

test('what is missing natively is done portably', () => {
  const { name, isNative, ...primitives } = bareNodeBackend;
  expect({ name, isNative }).toEqual({ name: 'node', isNative: false });
  for (const [primitive, implementation] of Object.entries(primitives)) {
    expect(implementation).toBe(Reflect.get(portableBackend, primitive));
  }
});

test('this Node has every primitive', () => {
  expect(detectNativeFeatures()).toEqual({
    hashing: true,
    signing: true,
    agreement: true,
    kem: true,
    aead: true,
  });
  expect(nodeBackend.isNative).toBe(true);
});

test('a node:crypto without any of it is found out, its keys are exported as DER, and it hashes in steps', async () => {
  const missing = (): never => {
    throw new Error('not supported');
  };
  vi.resetModules();
  vi.doMock('node:crypto', () => ({
    ...nodeCrypto,
    hash: missing,
    hkdfSync: missing,
    sign: missing,
    generateKeyPairSync: missing,
    encapsulate: missing,
    // Two that work, and give what must not be taken.
    diffieHellman: () => Buffer.alloc(32),
    createDecipheriv: (...options: Parameters<typeof nodeCrypto.createDecipheriv>) =>
      Object.assign(nodeCrypto.createDecipheriv(...options), { final: missing }),
  }));
  const features = await import('../src/backend/node/features.js');
  const { exportRaw, keyPairFromRaw } = await import('../src/backend/node/der.js');
  const { nodeHashing } = await import('../src/backend/node/symmetric.js');
  vi.doUnmock('node:crypto');
  expect(Object.values(features.detectNativeFeatures())).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
  const seed = new Uint8Array(32).fill(3);
  const exported = exportRaw('ed25519', keyPairFromRaw('ed25519', seed).publicKey);
  expect(exported).toEqual(nodeBackend.signingKeyPair(seed).publicKey);
  expect(nodeHashing.sha256(seed)).toEqual(portableBackend.sha256(seed));
});

test.each(allBackends)('what $name draws for itself is new each time', (backend) => {
  const drawn = [0, 1].map(() => [
    backend.randomBytes(32),
    backend.agreementKeyPair().publicKey,
    backend.kemKeyPair().encapsulationKey,
  ]);
  expect(new Set(drawn.flat().map(toHex)).size).toBe(6);
  expect(backend.randomBytes(32)).toHaveLength(32);
});

test.each(allBackends)('$name derives as much as HKDF gives, and no more', (backend) => {
  const nothing = new Uint8Array(0);
  expect(backend.hkdfSha256(nothing, nothing, nothing, 255 * 32)).toHaveLength(255 * 32);
  expect(() => backend.hkdfSha256(nothing, nothing, nothing, 255 * 32 + 1)).toThrow(
    errorWith('misuse'),
  );
});

test('the portable back end says that it is one, and its ciphers and derivations forget their keys', () => {
  expect(portableBackend.isNative).toBe(false);
  const cleaned = [ChaCha20Poly1305, HKDF].map(({ prototype }) => vi.spyOn(prototype, 'clean'));
  const [key, nonce, nothing] = [32, 12, 0].map((length) => new Uint8Array(length));
  if (key === undefined || nonce === undefined || nothing === undefined) return;
  const sealed = portableBackend.aeadSeal(key, nonce, nothing, key);
  portableBackend.aeadOpen(key, nonce, nothing, sealed);
  portableBackend.hkdfSha256(nothing, key, nothing, 32);
  expect(cleaned.map(({ mock }) => mock.calls.length)).toEqual([2, 1]);
  vi.restoreAllMocks();
});

test('an erased key says that it is one', () => {
  const erased = expect.objectContaining({ code: 'misuse', message: 'This key has been erased.' });
  const seed = new Uint8Array(32).fill(7);
  const signing = nodeBackend.signingKeyPair(seed);
  const agreement = nodeBackend.agreementKeyPair(seed);
  const kem = nodeBackend.kemKeyPair();
  for (const pair of [signing, agreement, kem]) pair.erase();
  expect(() => signing.sign(seed)).toThrow(erased);
  expect(() => agreement.agree(agreement.publicKey)).toThrow(erased);
  expect(() => kem.decapsulate(new Uint8Array(1088))).toThrow(erased);
});
