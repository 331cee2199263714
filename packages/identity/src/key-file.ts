import { deriveKey } from '#scrypt';
import { ChaCha20Poly1305 } from '@stablelib/chacha20poly1305';
import { IdentityError } from './errors.js';
import { Identity } from './identity.js';
import { associatedData, decodeKeyFile, encodeKeyFile } from './key-file-format.js';
import { DEFAULT_COST, requireBearableCost, type ScryptCost } from './scrypt-options.js';

/**
 * The identity as text, locked by a password: scrypt and ChaCha20-Poly1305, with a fresh salt each
 * time. The password is taken in NFC, so that every keyboard types the same one.
 * @throws IdentityError `misuse` for an empty password.
 */
export async function lockIdentity(
  identity: Identity,
  password: string,
  options: { cost?: ScryptCost } = {},
): Promise<string> {
  if (password === '') throw new IdentityError('misuse', 'A password cannot be empty.');
  const cost = options.cost ?? DEFAULT_COST;
  requireBearableCost(cost);
  const header = { id: identity.text, cost, salt: randomBytes(16), nonce: randomBytes(12) };
  const key = await passwordKey(password, header.salt, cost);
  const seed = identity.copySeed();
  const cipher = new ChaCha20Poly1305(key);
  try {
    const ciphertext = cipher.seal(header.nonce, seed, associatedData(header));
    return encodeKeyFile({ ...header, ciphertext });
  } finally {
    cipher.clean();
    key.fill(0);
    seed.fill(0);
  }
}

/** @throws IdentityError `wrong_password`, `identity_damaged`, `identity_too_new` */
export async function unlockIdentity(text: string, password: string): Promise<Identity> {
  const file = decodeKeyFile(text);
  requireBearableCost(file.cost);
  const key = await passwordKey(password, file.salt, file.cost);
  const cipher = new ChaCha20Poly1305(key);
  const seed = cipher.open(file.nonce, file.ciphertext, associatedData(file));
  cipher.clean();
  key.fill(0);
  if (seed === null) {
    throw new IdentityError('wrong_password', 'This password does not open the account.');
  }
  const identity = Identity.fromSeed(seed);
  seed.fill(0);
  if (identity.text === file.id) return identity;
  identity.erase();
  throw new IdentityError('identity_damaged', 'The key file holds another key than it says.');
}

/**
 * The id that a locked identity says it has. Without the password nobody can tell whether it is true.
 * @throws IdentityError `identity_damaged`, `identity_too_new`
 */
export function readLockedId(text: string): string {
  return decodeKeyFile(text).id;
}

async function passwordKey(
  password: string,
  salt: Uint8Array,
  cost: ScryptCost,
): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(password.normalize('NFC'));
  try {
    return await deriveKey(bytes, salt, cost);
  } finally {
    bytes.fill(0);
  }
}

function randomBytes(length: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}
