import { scryptSync } from 'node:crypto';
import { ChaCha20Poly1305 } from '@stablelib/chacha20poly1305';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  Identity,
  IdentityError,
  lockIdentity,
  readLockedId,
  unlockIdentity,
} from '../src/index.js';
import {
  associatedData,
  decodeKeyFile,
  encodeKeyFile,
  type KeyFile,
} from '../src/key-file-format.js';

const cost = { N: 2, r: 1, p: 1 };
const password = 'correct horse';
const identity = Identity.fromSeed(new Uint8Array(32).fill(0xa5));
const other = Identity.fromSeed(new Uint8Array(32).fill(0x5a));
const notAText = { toString: 1, valueOf: 1 };

async function errorOf(text: string): Promise<IdentityError> {
  try {
    await unlockIdentity(text, password);
  } catch (error) {
    if (error instanceof IdentityError) return error;
    throw error;
  }
  throw new Error('It was opened.');
}

describe('a key file made by somebody else', () => {
  let text: string;
  let file: KeyFile;
  let content: Record<string, object>;

  beforeAll(async () => {
    text = await lockIdentity(identity, password, { cost });
    file = decodeKeyFile(text);
    content = JSON.parse(text) as Record<string, object>;
  });

  it.each(['format', 'version', 'id', 'kdf', 'cipher', 'ciphertext', 'checksum'])(
    'with another type of value for %s is damaged',
    async (field) => {
      for (const value of [notAText, null, [], {}, true, '', -1, 0.5, ['x'], undefined]) {
        const changed = JSON.stringify({ ...content, [field]: value });
        expect((await errorOf(changed)).code).toBe('identity_damaged');
        expect(() => readLockedId(changed)).toThrow(IdentityError);
      }
    },
  );

  it.each(['name', 'N', 'r', 'p', 'salt'])(
    'with another type of value for kdf.%s is damaged',
    async (field) => {
      for (const value of [notAText, null, [2], '2', true, -1, 0.5, undefined]) {
        const kdf = { ...content['kdf'], [field]: value };
        expect((await errorOf(JSON.stringify({ ...content, kdf }))).code).toBe('identity_damaged');
      }
    },
  );

  it.each([
    ['upper case', identity.text.toUpperCase()],
    ['hexadecimal digits', Buffer.from(identity.id).toString('hex')],
    ['white space', ` ${identity.text}`],
    ['a key of nobody', '00'.repeat(32)],
    ['writing on the screen', '\u001B[2Jgravy1'],
  ])('with an id of %s is damaged, though the checksum is right', (_what, id) => {
    const changed = encodeKeyFile({ ...file, id });
    expect(() => readLockedId(changed)).toThrow(
      expect.objectContaining({ code: 'identity_damaged' }),
    );
  });

  it('with another id, salt, nonce or cost and the right checksum stays closed', async () => {
    const changes: Partial<KeyFile>[] = [
      { id: other.text },
      { salt: file.salt.map((byte) => byte ^ 1) },
      { nonce: file.nonce.map((byte) => byte ^ 1) },
      { cost: { N: 4, r: 1, p: 1 } },
      { ciphertext: file.ciphertext.map((byte) => byte ^ 1) },
    ];
    for (const change of changes) {
      const error = await errorOf(encodeKeyFile({ ...file, ...change }));
      expect(error.code).toBe('wrong_password');
    }
  });

  it('that holds another seed than its id says is damaged', async () => {
    const { N, r, p } = cost;
    const key = scryptSync(password, file.salt, 32, { N, r, p });
    const bound = associatedData(file);
    const ciphertext = new ChaCha20Poly1305(key).seal(file.nonce, other.copySeed(), bound);
    const error = await errorOf(encodeKeyFile({ ...file, ciphertext }));
    expect(error.code).toBe('identity_damaged');
  });

  it('is never quoted', async () => {
    const error = await errorOf('secret words out of another file');
    const shown = `${error.stack}${JSON.stringify(error)}${String(error.cause)}`;
    expect(shown).not.toContain('secret');
  });

  it('gives an error of this package, whatever is in it', async () => {
    const values = fc.oneof(fc.jsonValue(), fc.constant(notAText));
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(content)), values);
    await fc.assert(
      fc.asyncProperty(fields, async (changes) => {
        fc.pre(Object.keys(changes).length > 0);
        const error = await errorOf(JSON.stringify({ ...content, ...changes }));
        expect(['identity_damaged', 'identity_too_new']).toContain(error.code);
      }),
      { seed: 20_261_123, numRuns: 300 },
    );
  });
});
