import { describe, expect, test } from 'vitest';
import { verifyMessageStrict } from '../src/identity-key/verify-strict.js';
import { allBackends } from './backends.js';
import { fromHex, toHex } from './vector-file.js';
import { readWycheproof, type Case } from './wycheproof.js';

const files = {
  ed25519: readWycheproof('ed25519'),
  x25519: readWycheproof('x25519'),
  aead: readWycheproof('chacha20_poly1305'),
  hkdf: readWycheproof('hkdf_sha256'),
  hmac: readWycheproof('hmac_sha256'),
  kem: readWycheproof('mlkem_768'),
  kemEncapsulation: readWycheproof('mlkem_768_encaps'),
  kemKeys: readWycheproof('mlkem_768_keygen_seed'),
};

function bytes(vector: Case, field: string): Uint8Array {
  const value = vector[field];
  if (typeof value !== 'string') throw new Error(`vector ${vector.tcId} has no ${field}`);
  return fromHex(value);
}

/** The result, or undefined if it throws: refusing is the right answer to an invalid vector. */
function attempt(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

const NOTHING = new Uint8Array(0);

describe.each(allBackends)('Wycheproof with the $name back end', (backend) => {
  test.runIf(files.ed25519)('Ed25519, through the strict rules', () => {
    for (const { group, test: vector } of files.ed25519 ?? []) {
      const id = fromHex(group.publicKey?.pk ?? '');
      const [message, signature] = [bytes(vector, 'msg'), bytes(vector, 'sig')];
      const isValid = verifyMessageStrict(id, message, signature, backend);
      expect(isValid, `vector ${vector.tcId}`).toBe(vector.result === 'valid');
    }
  });

  test.runIf(files.x25519)('X25519, zeros refused', () => {
    for (const { test: vector } of files.x25519 ?? []) {
      const run = (): string => {
        const pair = backend.agreementKeyPair(bytes(vector, 'private'));
        return toHex(pair.agree(bytes(vector, 'public')));
      };
      const isZero = vector.flags?.includes('ZeroSharedSecret') === true;
      const expected = isZero ? undefined : vector['shared'];
      expect(attempt(run), `vector ${vector.tcId}`).toBe(expected);
    }
  });

  test.runIf(files.aead)('ChaCha20-Poly1305', () => {
    for (const { test: vector } of files.aead ?? []) {
      const [key, nonce, ad] = [bytes(vector, 'key'), bytes(vector, 'iv'), bytes(vector, 'aad')];
      const sealed = fromHex(`${String(vector['ct'])}${String(vector['tag'])}`);
      const opened = attempt(() => {
        const plaintext = backend.aeadOpen(key, nonce, ad, sealed);
        return plaintext && toHex(plaintext);
      });
      const isValid = vector.result === 'valid';
      expect(opened, `vector ${vector.tcId}`).toBe(isValid ? vector['msg'] : undefined);
      if (!isValid) continue;
      const resealed = backend.aeadSeal(key, nonce, ad, bytes(vector, 'msg'));
      expect(toHex(resealed), `vector ${vector.tcId}`).toBe(toHex(sealed));
    }
  });

  test.runIf(files.hkdf)('HKDF-SHA256', () => {
    for (const { test: vector } of files.hkdf ?? []) {
      const run = (): string =>
        toHex(
          backend.hkdfSha256(
            bytes(vector, 'salt'),
            bytes(vector, 'ikm'),
            bytes(vector, 'info'),
            Number(vector['size']),
          ),
        );
      const expected = vector.result === 'valid' ? vector['okm'] : undefined;
      expect(attempt(run), `vector ${vector.tcId}`).toBe(expected);
    }
  });

  test.runIf(files.hmac)('HMAC-SHA256', () => {
    for (const { group, test: vector } of files.hmac ?? []) {
      const mac = backend.hmacSha256(bytes(vector, 'key'), bytes(vector, 'msg'));
      const truncated = toHex(mac.subarray(0, (group.tagSize ?? 256) / 8));
      expect(truncated === vector['tag'], `vector ${vector.tcId}`).toBe(vector.result === 'valid');
    }
  });

  test.runIf(files.kem)('ML-KEM-768 decapsulation', () => {
    for (const { test: vector } of files.kem ?? []) {
      const run = (): string =>
        toHex(backend.kemKeyPair(bytes(vector, 'seed')).decapsulate(bytes(vector, 'c')));
      const expected = vector.result === 'valid' ? vector['K'] : undefined;
      expect(attempt(run), `vector ${vector.tcId}`).toBe(expected);
    }
  });

  test.runIf(files.kemEncapsulation)('ML-KEM-768 encapsulation and its modulus check', () => {
    for (const { test: vector } of files.kemEncapsulation ?? []) {
      const [key, seed] = [bytes(vector, 'ek'), bytes(vector, 'm')];
      const run = (): string => {
        const { ciphertext, sharedSecret } = backend.kemEncapsulate(key, seed);
        return toHex(ciphertext) + toHex(sharedSecret);
      };
      const isValid = vector.result === 'valid';
      const expected = isValid ? `${String(vector['c'])}${String(vector['K'])}` : undefined;
      expect(attempt(run), `vector ${vector.tcId}`).toBe(expected);
      // Its own random input must be refused or taken for the same keys, native or not.
      const own = attempt(() => toHex(backend.kemEncapsulate(key).ciphertext));
      expect(own !== undefined, `vector ${vector.tcId}`).toBe(isValid || seed.length !== 32);
    }
  });

  test.runIf(files.kemKeys)('ML-KEM-768 keys from a seed', () => {
    for (const { test: vector } of files.kemKeys ?? []) {
      const pair = backend.kemKeyPair(bytes(vector, 'seed'));
      expect(toHex(pair.encapsulationKey), `vector ${vector.tcId}`).toBe(vector['ek']);
    }
  });

  test('wrong lengths are refused before any primitive sees them', () => {
    const key = new Uint8Array(32).fill(1);
    const nonce = new Uint8Array(12);
    const short = key.subarray(1);
    for (const length of [0, 8, 11, 13, 16]) {
      const wrong = new Uint8Array(length);
      const misuse = expect.objectContaining({ code: 'misuse' });
      expect(() => backend.aeadSeal(key, wrong, NOTHING, key)).toThrow(misuse);
      expect(() => backend.aeadOpen(key, wrong, NOTHING, key)).toThrow(misuse);
      expect(() => backend.chacha20Block(key, wrong)).toThrow(misuse);
    }
    for (const wrongLength of [
      () => backend.aeadSeal(short, nonce, NOTHING, key),
      () => backend.aeadOpen(short, nonce, NOTHING, new Uint8Array(2000)),
      () => backend.aeadSeal(short, nonce, NOTHING, new Uint8Array(2000)),
      () => backend.aeadSeal(key, short, NOTHING, new Uint8Array(2000)),
      () => backend.aeadOpen(key, short, NOTHING, new Uint8Array(2000)),
      () => backend.unsafeVerifyLoosely(short, key, new Uint8Array(64)),
      () => backend.unsafeVerifyLoosely(key, key, new Uint8Array(63)),
      () => backend.publicKeyToAgreementKey(short),
      () => backend.kemKeyPair(new Uint8Array(64)).decapsulate(new Uint8Array(1087)),
      () => backend.kemEncapsulate(backend.kemKeyPair().encapsulationKey, short),
      () => backend.chacha20Block(short, nonce),
      () => backend.signingKeyPair(short),
      () => backend.agreementKeyPair(short),
      () => backend.agreementKeyPair(key).agree(short),
      () => backend.seedToAgreementSecret(short),
      () => backend.kemKeyPair(key),
      () => backend.kemEncapsulate(new Uint8Array(1185)),
      () => backend.hkdfSha256(key, key, key, 8161),
    ]) {
      expect(wrongLength).toThrow(expect.objectContaining({ code: 'misuse' }));
    }
    expect(backend.aeadOpen(key, nonce, NOTHING, new Uint8Array(15))).toBeUndefined();
  });

  test('an erased key pair is of no use', () => {
    const seed = new Uint8Array(32).fill(7);
    const signing = backend.signingKeyPair(seed);
    const honest = toHex(signing.sign(seed));
    const agreement = backend.agreementKeyPair(seed);
    const shared = toHex(agreement.agree(signing.publicKey));
    const kem = backend.kemKeyPair(new Uint8Array(64).fill(7));
    const { ciphertext, sharedSecret } = backend.kemEncapsulate(kem.encapsulationKey);
    signing.erase();
    agreement.erase();
    kem.erase();
    expect(attempt(() => toHex(signing.sign(seed)))).not.toBe(honest);
    expect(attempt(() => toHex(agreement.agree(signing.publicKey)))).not.toBe(shared);
    expect(attempt(() => toHex(kem.decapsulate(ciphertext)))).not.toBe(toHex(sharedSecret));
    expect(seed).toEqual(new Uint8Array(32).fill(7));
  });
});
