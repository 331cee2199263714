import type {
  AgreementKeyPair,
  CryptoBackend,
  KemKeyPair,
} from '../../src/backend/crypto-backend.js';
import { toHex } from '../vector-file.js';

/** More than an honest handshake needs; the rest is what a hostile peer sends, new each time. */
const MAX_REMEMBERED = 16;

function remembering<T>(make: (input: Uint8Array) => T): (input: Uint8Array) => T {
  const known = new Map<string, T>();
  return (input) => {
    const name = toHex(input);
    const value = known.get(name) ?? make(input);
    if (known.size < MAX_REMEMBERED) known.set(name, value);
    return value;
  };
}

function required(seed: Uint8Array | undefined): Uint8Array {
  if (!seed) throw new Error('This back end is for reproducible runs: give it every seed.');
  return seed;
}

/**
 * A back end that makes each key pair and agreement once for the same input, so that a million handshakes can be brought to
 * the step in question. Secrets survive `erase`: for fuzzing only.
 */
export function keyPairsOnce(backend: CryptoBackend): CryptoBackend {
  const agreement = remembering((secret): AgreementKeyPair => {
    const pair = backend.agreementKeyPair(secret);
    const agree = remembering((publicKey) => pair.agree(publicKey));
    return { ...pair, agree: (publicKey) => agree(publicKey).slice(), erase: () => undefined };
  });
  const kem = remembering((seed): KemKeyPair => {
    const pair = backend.kemKeyPair(seed);
    const decapsulate = remembering((ciphertext) => pair.decapsulate(ciphertext));
    return {
      ...pair,
      decapsulate: (ciphertext) => decapsulate(ciphertext).slice(),
      erase: () => undefined,
    };
  });
  const convert = remembering((id) => backend.publicKeyToAgreementKey(id));
  const encapsulate = remembering((key) => backend.kemEncapsulate(key));
  return {
    ...backend,
    agreementKeyPair: (secret) => agreement(required(secret)),
    kemKeyPair: (seed) => kem(required(seed)),
    kemEncapsulate: (key) => {
      const { ciphertext, sharedSecret } = encapsulate(key);
      return { ciphertext: ciphertext.slice(), sharedSecret: sharedSecret.slice() };
    },
    publicKeyToAgreementKey: (id) => convert(id)?.slice(),
  };
}
