// One random input for one primitive, put to every back end: the same bytes, or the same refusal.
import { mutate, type FuzzTarget, type SeededRandom } from '@gravy/testing';
import type { CryptoBackend } from '../../src/backend/crypto-backend.js';
import { peerAgreementKey } from '../../src/identity-key/peer-id.js';
import { SMALL_ORDER_ENCODINGS } from '../small-order-encodings.js';
import { verifyMessageStrict } from '../../src/identity-key/verify-strict.js';
import { allBackends } from '../backends.js';
import { fromHex, toHex } from '../vector-file.js';
import { withTorsion } from './torsion.js';

/** What one back end makes of an input; all are to make the same of it. */
type Outcome = (backend: CryptoBackend) => readonly Uint8Array[] | boolean | undefined;
type Trial = (random: SeededRandom) => Outcome;

const smallOrder = SMALL_ORDER_ENCODINGS.map(fromHex);
const [first] = allBackends;
if (!first) throw new Error('There is no back end.');
const reference = first;

/** 32 bytes at or around what matters to curve code: small, p, 2^255, or anything. */
function fieldElement(random: SeededRandom): Uint8Array {
  const bytes = random.oneIn(2) ? random.bytes(32) : random.pick(smallOrder).slice();
  if (random.oneIn(4)) return new Uint8Array(32).fill(random.pick([0, 0xff]), random.below(4));
  if (random.oneIn(2)) bytes[0] = random.below(256);
  return bytes;
}

const signature: Trial = (random) => {
  const seed = random.bytes(32);
  const message = random.bytes(random.below(200));
  return (backend) => {
    const pair = backend.signingKeyPair(seed);
    return [pair.publicKey, pair.sign(message), backend.seedToAgreementSecret(seed)];
  };
};

const verification: Trial = (random) => {
  const seed = random.bytes(32);
  const pair = reference.signingKeyPair(seed);
  let id = pair.publicKey;
  let message = random.bytes(1 + random.below(200));
  let signed = pair.sign(message);
  if (random.oneIn(3)) ({ id, signature: signed } = withTorsion(random, seed, message));
  const change = random.below(8);
  if (change === 0) id = mutate(random, id);
  if (change === 1) message = mutate(random, message);
  if (change === 2) signed = mutate(random, signed);
  if (change === 3) id = random.pick(smallOrder);
  if (change === 4) signed.set(random.pick(smallOrder));
  if (change === 5) signed.set(fieldElement(random), 32);
  return (backend) => verifyMessageStrict(id, message, signed, backend);
};

const agreement: Trial = (random) => {
  const [secret, peer] = [fieldElement(random), fieldElement(random)];
  return (backend) => {
    const pair = backend.agreementKeyPair(secret);
    return [pair.publicKey, pair.agree(peer)];
  };
};

const agreementKeyOfId: Trial = (random) => {
  const honest = reference.signingKeyPair(random.bytes(32)).publicKey;
  const torsioned = (): Uint8Array => withTorsion(random, random.bytes(32), honest).id;
  const id = random.pick([() => honest, () => fieldElement(random), torsioned])();
  return (backend) => [peerAgreementKey(id, backend)];
};

const kem: Trial = (random) => {
  const [seed, message] = [random.bytes(64), random.bytes(32)];
  const honest = reference.kemKeyPair(seed).encapsulationKey;
  const key = random.oneIn(2) ? honest : mutate(random, honest);
  const altered = random.bytes(1088);
  return (backend) => {
    const pair = backend.kemKeyPair(seed);
    const { ciphertext, sharedSecret } = backend.kemEncapsulate(key, message);
    const opened = [pair.decapsulate(ciphertext), pair.decapsulate(altered)];
    return [pair.encapsulationKey, ciphertext, sharedSecret, ...opened];
  };
};

const aead: Trial = (random) => {
  const [key, nonce, associated] = [
    random.bytes(32),
    random.bytes(12),
    random.bytes(random.below(40)),
  ];
  const plaintext = random.bytes(
    random.pick([0, 1, 64, 256, 1007, 1023, 1024, 1025, random.below(5000)]),
  );
  const sealed = reference.aeadSeal(key, nonce, associated, plaintext);
  const received = random.oneIn(2) ? sealed : mutate(random, sealed);
  return (backend) => {
    const opened = backend.aeadOpen(key, nonce, associated, received);
    const outputs = [backend.aeadSeal(key, nonce, associated, plaintext)];
    return opened ? [...outputs, opened] : outputs;
  };
};

const hashing: Trial = (random) => {
  const [a, b, c] = [
    random.bytes(random.below(200)),
    random.bytes(random.below(200)),
    random.bytes(random.below(100)),
  ];
  const length = random.pick([1, 16, 32, 64, 96, 8160, 8161, 1 + random.below(8160)]);
  const [key, nonce] = [random.bytes(32), random.bytes(12)];
  return (backend) => [
    backend.sha256(a),
    backend.hmacSha256(a, b),
    backend.chacha20Block(key, nonce),
    backend.hkdfSha256(a, b, c, length),
  ];
};

const trials: Readonly<Record<string, Trial>> = {
  signatures: signature,
  'verdicts on signatures': verification,
  agreements: agreement,
  'ids as agreement keys': agreementKeyOfId,
  'ML-KEM': kem,
  'ChaCha20-Poly1305': aead,
  'hashes and derived keys': hashing,
};

function outcomeText(outcome: Outcome, backend: CryptoBackend): string {
  try {
    const result = outcome(backend);
    return Array.isArray(result) ? result.map(toHex).join() : String(result);
  } catch {
    return 'refused';
  }
}

export interface AgreementTarget extends FuzzTarget {
  /** What came of it, so that nobody takes a hundred thousand refusals for agreement. */
  readonly seen: Map<string, number>;
}

/** One target for each primitive. */
export function agreementTargets(): readonly AgreementTarget[] {
  return Object.entries(trials).map(([name, trial]) => {
    const seen = new Map<string, number>();
    const attempt = (random: SeededRandom): void => {
      const outcome = trial(random);
      const [expected, ...others] = allBackends.map((backend) => outcomeText(outcome, backend));
      if (expected === undefined || others.some((other) => other !== expected)) {
        throw new Error(`They disagree: ${[expected, ...others].join(' / ')}`);
      }
      const kind = ['refused', 'true', 'false'].includes(expected) ? expected : 'bytes';
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    };
    return { name, attempt, seen };
  });
}
