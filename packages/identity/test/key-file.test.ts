import { describe, expect, it } from 'vitest';
import {
  Identity,
  IdentityError,
  lockIdentity,
  readLockedId,
  unlockIdentity,
} from '../src/index.js';
import { decodeKeyFile, encodeKeyFile } from '../src/key-file-format.js';
import { deriveKey as nodeDeriveKey } from '../src/scrypt-node.js';
import { deriveKey as portableDeriveKey } from '../src/scrypt-portable.js';

const cost = { N: 2, r: 1, p: 1 };
const identity = Identity.fromSeed(new Uint8Array(32).fill(0xa5));
const password = 'correct horse';

async function outcomeOf(text: string, typed = password): Promise<string> {
  try {
    return (await unlockIdentity(text, typed)).text;
  } catch (error) {
    if (error instanceof IdentityError) return error.code;
    throw error;
  }
}

describe('a key file', () => {
  it('gives the identity back to who knows the password', async () => {
    const text = await lockIdentity(identity, password, { cost });
    expect(readLockedId(text)).toBe(identity.text);
    expect(await outcomeOf(text)).toBe(identity.text);
    expect(await outcomeOf(text, 'Correct horse')).toBe('wrong_password');
    expect(await outcomeOf(text, '')).toBe('wrong_password');
  });

  it('is locked with the documented cost if none is given', async () => {
    const text = await lockIdentity(identity, password);
    expect(JSON.parse(text)).toMatchObject({ kdf: { N: 131_072, r: 8, p: 1 } });
    expect(await outcomeOf(text)).toBe(identity.text);
  });

  it('takes a password as every keyboard composes it', async () => {
    const text = await lockIdentity(identity, 'Zo\u00EB', { cost });
    expect(await outcomeOf(text, 'Zoe\u0308')).toBe(identity.text);
  });

  it('holds neither seed nor password', async () => {
    const text = await lockIdentity(identity, password, { cost });
    for (const form of ['hex', 'base64', 'latin1'] as const) {
      const seed = Buffer.from(identity.copySeed()).toString(form);
      expect(text).not.toContain(seed.slice(0, 20));
      expect(text).not.toContain(Buffer.from(password).toString(form));
    }
  });

  it('is another one each time', async () => {
    const [one, two] = await Promise.all([
      lockIdentity(identity, password, { cost }),
      lockIdentity(identity, password, { cost }),
    ]);
    expect(one).not.toBe(two);
  });

  it('cannot be made of an erased identity', async () => {
    const erased = Identity.generate();
    erased.erase();
    const attempt = lockIdentity(erased, password, { cost });
    await expect(attempt).rejects.toMatchObject({ code: 'misuse' });
  });

  it('cannot be locked without a password', async () => {
    await expect(lockIdentity(identity, '', { cost })).rejects.toMatchObject({ code: 'misuse' });
  });

  it('with any byte changed gives no other identity, and no other error', async () => {
    const bytes = Buffer.from(await lockIdentity(identity, password, { cost }));
    const allowed = [identity.text, 'identity_damaged', 'identity_too_new', 'wrong_password'];
    for (let at = 0; at < bytes.length; at += 1) {
      for (const bit of [1, 32, 128]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ bit;
        expect(allowed).toContain(await outcomeOf(changed.toString('utf8')));
      }
    }
  });

  it.each(['', '{', 'null', '[]', '"x"', '{}', '{"format":"gravy identity","version":1}'])(
    'of %j is damaged',
    async (text) => {
      expect(await outcomeOf(text)).toBe('identity_damaged');
    },
  );

  it('of a newer version says so', async () => {
    const text = await lockIdentity(identity, password, { cost });
    expect(await outcomeOf(text.replace('"version": 1', '"version": 2'))).toBe('identity_too_new');
  });

  it('with more in it than was written is damaged', async () => {
    const text = await lockIdentity(identity, password, { cost });
    expect(await outcomeOf(text.replace('{', '{ "x": 1,'))).toBe('identity_damaged');
  });

  it.each([
    { N: 2 ** 30, r: 8, p: 1 },
    { N: 2 ** 21, r: 8, p: 1 },
    { N: 1024, r: 2 ** 20, p: 1 },
    { N: 1024, r: 8, p: 17 },
    { N: 3, r: 8, p: 1 },
    { N: 0, r: 8, p: 1 },
    { N: Number.NaN, r: 8, p: 1 },
    { N: 2 ** 16, r: 1, p: 1 },
    { N: 2 ** 20, r: 16, p: 1 },
    { N: 1024, r: 33, p: 1 },
    { N: 1024.5, r: 8, p: 1 },
  ])('may not ask for the work of %j', async (excessive) => {
    const asked = lockIdentity(identity, password, { cost: excessive });
    await expect(asked).rejects.toMatchObject({ code: 'misuse' });
    // A file that is right in everything else, checksum included. Had it been derived, the password would be wrong.
    const file = decodeKeyFile(await lockIdentity(identity, password, { cost }));
    expect(await outcomeOf(encodeKeyFile({ ...file, cost: excessive }))).toBe('identity_damaged');
  });
});

it('both implementations of scrypt derive the same key', async () => {
  const input = [Buffer.from('password'), Buffer.from('0123456789abcdef')] as const;
  for (const N of [2, 1024]) {
    const parameters = { N, r: 8, p: 2 };
    const key = await nodeDeriveKey(...input, parameters);
    expect(new Uint8Array(key)).toEqual(await portableDeriveKey(...input, parameters));
  }
});
