// node:crypto gives secrets in buffers of its own: the back end copies them out, and overwrites what it was given.
import type * as nodeCrypto from 'node:crypto';
import { afterAll, expect, test, vi } from 'vitest';

const given: { readonly what: string; readonly bytes: Uint8Array }[] = [];

function watch<T extends Uint8Array>(what: string, bytes: T): T {
  given.push({ what, bytes });
  return bytes;
}

vi.mock('node:crypto', async (importOriginal) => {
  const original = await importOriginal<typeof nodeCrypto>();
  return {
    ...original,
    createPrivateKey: (input: { readonly key: Buffer }) => {
      watch('private key in DER', input.key);
      return original.createPrivateKey({ ...input, format: 'der', type: 'pkcs8' });
    },
    diffieHellman: (options: Parameters<typeof nodeCrypto.diffieHellman>[0]) =>
      watch('agreement', original.diffieHellman(options)),
    decapsulate: (...options: [nodeCrypto.KeyObject, Uint8Array]) =>
      watch('decapsulated', original.decapsulate(...options)),
    encapsulate: (key: nodeCrypto.KeyObject) => {
      const result = original.encapsulate(key);
      watch('encapsulated', result.sharedKey);
      return result;
    },
    createDecipheriv: (...options: Parameters<typeof nodeCrypto.createDecipheriv>) => {
      const decipher = original.createDecipheriv(...options);
      const update = decipher.update.bind(decipher);
      return Object.assign(decipher, {
        update: (bytes: Uint8Array) => watch('plaintext', update(bytes)),
      });
    },
    createHash: (name: string) => {
      const hash = original.createHash(name);
      const digest = hash.digest.bind(hash);
      return Object.assign(hash, { digest: () => watch(name, digest()) });
    },
  };
});

const { nodeBackend } = await import('../src/backend/node/node.js');
const { nodeAead } = await import('../src/backend/node/symmetric.js');

afterAll(() => vi.restoreAllMocks());

test('nothing secret is left in what node:crypto has given', () => {
  given.length = 0;
  const seed = new Uint8Array(32).fill(7);
  const secret = nodeBackend.seedToAgreementSecret(seed);
  const agreement = nodeBackend.agreementKeyPair(secret);
  const shared = agreement.agree(agreement.publicKey);
  const kem = nodeBackend.kemKeyPair(new Uint8Array(64).fill(7));
  const { ciphertext, sharedSecret } = nodeBackend.kemEncapsulate(kem.encapsulationKey);
  expect(kem.decapsulate(ciphertext)).toEqual(sharedSecret);
  nodeBackend.signingKeyPair(seed);
  const kinds = ['agreement', 'decapsulated', 'encapsulated', 'private key in DER', 'sha512'];
  expect([...new Set(given.map(({ what }) => what))].toSorted()).toEqual(kinds);
  expect(given.filter(({ bytes }) => bytes.some((byte) => byte !== 0))).toEqual([]);
  expect([secret, shared, sharedSecret].every((bytes) => bytes.some((byte) => byte !== 0))).toBe(
    true,
  );
});

test('nor in a plaintext that turned out not to be authentic', () => {
  const { aeadSeal, aeadOpen } = nodeAead(0);
  const [key, nonce, nothing] = [new Uint8Array(32).fill(1), new Uint8Array(12), new Uint8Array(0)];
  const sealed = aeadSeal(key, nonce, nothing, new Uint8Array(64).fill(9));
  expect(aeadOpen(key, nonce, nothing, sealed)).toEqual(new Uint8Array(64).fill(9));
  sealed.fill(0, 64);
  given.length = 0;
  expect(aeadOpen(key, nonce, nothing, sealed)).toBeUndefined();
  expect(given).toEqual([{ what: 'plaintext', bytes: Buffer.alloc(64) }]);
});
