import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createIdentityFile,
  openIdentityFile,
  readIdentityFileId,
  replaceIdentityFile,
} from '../src/file.js';
import { Identity } from '../src/index.js';

const options = { cost: { N: 2, r: 1, p: 1 } };
const identity = Identity.fromSeed(new Uint8Array(32).fill(1));

describe('a key file on disk', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gravy-identity-'));
    path = join(folder, 'identity.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is written whole, for its owner only, and opened again', async () => {
    await createIdentityFile(path, identity, 'pw', options);
    expect(await readdir(folder)).toEqual(['identity.json']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readIdentityFileId(path)).toBe(identity.text);
    expect((await openIdentityFile(path, 'pw')).text).toBe(identity.text);
    await expect(openIdentityFile(path, 'no')).rejects.toMatchObject({ code: 'wrong_password' });
  });

  it('is never overwritten by a new one', async () => {
    await createIdentityFile(path, identity, 'pw', options);
    const before = await readFile(path);
    const second = createIdentityFile(path, Identity.generate(), 'pw', options);
    await expect(second).rejects.toMatchObject({ code: 'identity_exists' });
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(['identity.json']);
  });

  it('is replaced at once for another password', async () => {
    await createIdentityFile(path, identity, 'old', options);
    await writeFile(join(folder, '.identity-0011223344556677.tmp'), 'left by a crash');
    await replaceIdentityFile(path, identity, 'new', options);
    expect((await openIdentityFile(path, 'new')).text).toBe(identity.text);
    await expect(openIdentityFile(path, 'old')).rejects.toMatchObject({ code: 'wrong_password' });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('that is too large is not read; one that is not there is no damage', async () => {
    await writeFile(path, 'x'.repeat(65_537));
    await expect(openIdentityFile(path, 'pw')).rejects.toMatchObject({ code: 'identity_damaged' });
    const missing = openIdentityFile(join(folder, 'none'), 'pw');
    await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that cannot be put in its place leaves nothing behind', async () => {
    const nowhere = join(folder, 'no', 'identity.json');
    await expect(createIdentityFile(nowhere, identity, 'pw', options)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
