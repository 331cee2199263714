import { createDecipheriv, scryptSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  Identity,
  lockIdentity,
  readLockedId,
  type ScryptCost,
  unlockIdentity,
} from '../src/index.js';

interface Vector {
  seed: string;
  id: string;
  password: string;
  cost: ScryptCost;
  file: string;
}
const path = new URL('vectors/key-file.json', import.meta.url);
const vector = JSON.parse(readFileSync(path, 'utf8')) as Vector;
const seed = new Uint8Array(Buffer.from(vector.seed, 'hex'));

describe('a key file of version 1', () => {
  it('is opened', async () => {
    expect(readLockedId(vector.file)).toBe(vector.id);
    const identity = await unlockIdentity(vector.file, vector.password);
    expect(identity.text).toBe(vector.id);
    expect(identity.copySeed()).toEqual(seed);
  });

  it('is written the same', async () => {
    let next = 0;
    const randomBytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => next++);
    const options = { cost: vector.cost, randomBytes };
    const text = await lockIdentity(Identity.fromSeed(seed), vector.password, options);
    expect(text).toBe(vector.file);
  });

  it('is scrypt and ChaCha20-Poly1305, with all else in it bound', () => {
    const { format, version, id, kdf, cipher, ciphertext } = JSON.parse(vector.file);
    const { N, r, p, salt } = kdf;
    const key = scryptSync(vector.password, Buffer.from(salt, 'base64'), 32, {
      N,
      r,
      p,
      maxmem: 2 ** 26,
    });
    const bound = [format, version, id, kdf.name, N, r, p, salt, cipher.name, cipher.nonce];
    const sealed = Buffer.from(ciphertext, 'base64');
    const nonce = Buffer.from(cipher.nonce, 'base64');
    const opener = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
    opener.setAAD(Buffer.from(JSON.stringify(bound)), { plaintextLength: 32 });
    opener.setAuthTag(sealed.subarray(32));
    const opened = Buffer.concat([opener.update(sealed.subarray(0, 32)), opener.final()]);
    expect(opened.toString('hex')).toBe(vector.seed);
  });
});
