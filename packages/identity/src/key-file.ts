import { deriveKey } from '#scrypt';
import { ChaCha20Poly1305 } from '@stablelib/chacha20poly1305';
import { IdentityError } from './errors.js';
import { Identity } from './identity.js';
import { associatedData, decodeKeyFile, encodeKeyFile, LENGTHS } from './key-file-format.js';
import { freshBytes, platformRandomBytes, type RandomBytes } from './random-bytes.js';
import { DEFAULT_COST, isAllowedCost, type ScryptCost } from './scrypt-options.js';

/** What `lockIdentity` may be told; all of it has a default. */
export interface LockOptions {
  /** What trying one password costs: N 2^17, r 8, p 1 unless given. Less is for tests. */
  readonly cost?: ScryptCost;
  /** For the salt and the nonce; the platform's unless given. */
  readonly randomBytes?: RandomBytes;
}

/**
 * The identity as text, locked by a password: scrypt and ChaCha20-Poly1305, with a fresh salt each
 * time. The password is taken in NFC, so that every keyboard types the same one.
 * @throws IdentityError `misuse` for an empty password, a cost out of bounds or an erased identity.
 */
export async function lockIdentity(
  identity: Identity,
  password: string,
  { cost = DEFAULT_COST, randomBytes = platformRandomBytes }: LockOptions = {},
): Promise<string> {
  if (password === '') throw new IdentityError('misuse', 'A password cannot be empty.');
  if (!isAllowedCost(cost)) throw new IdentityError('misuse', 'This cost is not allowed.');
  const salt = freshBytes(randomBytes, LENGTHS.salt);
  const header = { id: identity.text, cost, salt, nonce: freshBytes(randomBytes, LENGTHS.nonce) };
  const key = await passwordKey(password, header.salt, cost);
  try {
    return encodeKeyFile({ ...header, ciphertext: sealSeed(key, identity, header) });
  } finally {
    key.fill(0);
  }
}

/**
 * The identity that `lockIdentity` put into the text. A damaged text is told from a wrong password
 * without trying the password.
 * @throws IdentityError `wrong_password`, `identity_damaged`, `identity_too_new`
 */
export async function unlockIdentity(text: string, password: string): Promise<Identity> {
  const file = decodeKeyFile(text);
  const key = await passwordKey(password, file.salt, file.cost);
  const cipher = new ChaCha20Poly1305(key);
  key.fill(0);
  const seed = cipher.open(file.nonce, file.ciphertext, associatedData(file));
  cipher.clean();
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
 * The id that a locked identity says it has: well-formed, but without the password nobody can tell
 * whether it is true.
 * @throws IdentityError `identity_damaged`, `identity_too_new`
 */
export function readLockedId(text: string): string {
  return decodeKeyFile(text).id;
}

function sealSeed(
  key: Uint8Array,
  identity: Identity,
  header: Parameters<typeof associatedData>[0],
): Uint8Array {
  const seed = identity.copySeed();
  const cipher = new ChaCha20Poly1305(key);
  try {
    return cipher.seal(header.nonce, seed, associatedData(header));
  } finally {
    cipher.clean();
    seed.fill(0);
  }
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
