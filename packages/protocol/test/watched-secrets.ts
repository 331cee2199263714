import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { portableBackend } from '../src/backend/portable.js';
import { isAllZero } from '../src/bytes.js';
import type { RandomDraw } from '../src/random-source.js';

const PUBLIC_LABELS = /^gravy\/1 (?:mac1|hint|path)/u;
const PUBLIC_DRAWS = new Set<string>(['client.hint', 'client.nonce', 'server.nonce']);

/** A portable back end and a random source that remember every secret array, by what it is. */
export function watching() {
  const secrets: { readonly what: string; readonly bytes: Uint8Array }[] = [];
  const watch = (what: string, bytes: Uint8Array): Uint8Array => {
    secrets.push({ what, bytes });
    return bytes;
  };
  let erasedPairs = 0;
  const erasing = <P extends { erase(): void }>(pair: P): P => ({
    ...pair,
    erase: () => {
      erasedPairs += 1;
      pair.erase();
    },
  });
  let pairs = 0;
  const backend: CryptoBackend = {
    ...portableBackend,
    hkdfSha256: (salt, inputKey, info, length) => {
      const label = Buffer.from(info).toString('latin1');
      const output = portableBackend.hkdfSha256(salt, inputKey, info, length);
      if (PUBLIC_LABELS.test(label)) return output;
      if (inputKey.length > 0) watch(`input of ${label.slice(0, 13)}`, inputKey);
      return watch(label.slice(0, 13), output);
    },
    chacha20Block: (key, nonce) => watch('chain block', portableBackend.chacha20Block(key, nonce)),
    aeadSeal: (key, nonce, associatedData, plaintext) => {
      watch('sealing key', key);
      return portableBackend.aeadSeal(key, nonce, associatedData, plaintext);
    },
    aeadOpen: (key, nonce, associatedData, sealed) => {
      watch('opening key', key);
      return portableBackend.aeadOpen(key, nonce, associatedData, sealed);
    },
    seedToAgreementSecret: (seed) => watch('xs', portableBackend.seedToAgreementSecret(seed)),
    agreementKeyPair: (secret) => {
      pairs += 1;
      const pair = erasing(portableBackend.agreementKeyPair(secret));
      return { ...pair, agree: (publicKey) => watch('DH', pair.agree(publicKey)) };
    },
    kemKeyPair: (seed) => {
      pairs += 1;
      const pair = erasing(portableBackend.kemKeyPair(seed));
      return { ...pair, decapsulate: (ciphertext) => watch('ss', pair.decapsulate(ciphertext)) };
    },
    kemEncapsulate: (key, seed) => {
      const result = portableBackend.kemEncapsulate(key, seed);
      watch('ss', result.sharedSecret);
      return result;
    },
    signingKeyPair: (seed) => {
      pairs += 1;
      return erasing(portableBackend.signingKeyPair(seed));
    },
  };
  const random = (draw: RandomDraw, length: number): Uint8Array => {
    const bytes = portableBackend.randomBytes(length);
    return PUBLIC_DRAWS.has(draw) ? bytes : watch(draw, bytes);
  };
  return {
    backend,
    random,
    leftOver: () => secrets.filter(({ bytes }) => !isAllZero(bytes)).map(({ what }) => what),
    count: () => secrets.length,
    livingPairs: () => pairs - erasedPairs,
  };
}
