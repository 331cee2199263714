import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  scryptSync,
} from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idText } from './id-text.js';

/** The least that a key file may ask for: an account that opens at once, for tests only. */
const COST = { N: 2, r: 1, p: 1 } as const;
/** RFC 8410: what stands before the seed in a private key of Ed25519. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Puts an account into a home, as a backup that was copied there. The key file is made here from its
 * format alone, so that the program shows that it reads what another program wrote.
 */
export function writeAccount(home: string, name: string, password: string): { seed: Buffer } {
  const folder = join(home, 'accounts', name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const seed = randomBytes(32);
  const file = `${JSON.stringify(keyFile(seed, password), null, 2)}\n`;
  writeFileSync(join(folder, 'identity.json'), file, { mode: 0o600 });
  return { seed };
}

function keyFile(seed: Buffer, password: string): unknown {
  const id = idText(publicKeyOf(seed));
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const kdf = { name: 'scrypt', ...COST, salt: salt.toString('base64') };
  const cipher = { name: 'chacha20-poly1305', nonce: nonce.toString('base64') };
  const fields = [id, kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt, cipher.name, cipher.nonce];
  const associated = Buffer.from(JSON.stringify(['gravy identity', 1, ...fields]));

  const key = scryptSync(password.normalize('NFC'), salt, 32, COST);
  const sealing = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  sealing.setAAD(associated, { plaintextLength: seed.length });
  const sealed = Buffer.concat([sealing.update(seed), sealing.final(), sealing.getAuthTag()]);
  return {
    format: 'gravy identity',
    version: 1,
    id,
    kdf,
    cipher,
    ciphertext: sealed.toString('base64'),
    checksum: createHash('sha256').update(associated).update(sealed).digest('base64'),
  };
}

function publicKeyOf(seed: Buffer): Buffer {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const { x } = createPublicKey(
    createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
  ).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}
