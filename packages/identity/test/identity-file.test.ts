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
import { Identity, lockIdentity } from '../src/index.js';

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
    await replaceIdentityFile(path, identity, 'new', options);
    expect((await openIdentityFile(path, 'new')).text).toBe(identity.text);
    await expect(openIdentityFile(path, 'old')).rejects.toMatchObject({ code: 'wrong_password' });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is created by one of several at once', async () => {
    const passwords = ['one', 'two', 'three', 'four'];
    const attempts = passwords.map((password) =>
      createIdentityFile(path, identity, password, options),
    );
    const results = await Promise.allSettled(attempts);
    const winners = passwords.filter((_, index) => results[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect((await openIdentityFile(path, winners[0] ?? '')).text).toBe(identity.text);
    expect(await readdir(folder)).toEqual(['identity.json']);
  });

  it('is not hurt by what crashes left beside it, which a new password removes', async () => {
    const leftovers = ['.identity.json-0011223344556677.tmp', '.identity.json-x.tmp'];
    const others = ['.other.json-0011223344556677.tmp', 'history.db', 'identity.json.tmp'];
    for (const name of [...leftovers, ...others]) await writeFile(join(folder, name), 'left');
    await createIdentityFile(path, identity, 'old', options);
    expect((await openIdentityFile(path, 'old')).text).toBe(identity.text);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(leftovers));
    await replaceIdentityFile(path, identity, 'new', options);
    expect((await readdir(folder)).toSorted()).toEqual([...others, 'identity.json'].toSorted());
  });

  it('that is damaged or locked stays as it is, byte for byte, whoever tries', async () => {
    await createIdentityFile(path, identity, 'pw', options);
    const whole = await readFile(path);
    for (const bytes of [whole, whole.subarray(0, -20), Buffer.alloc(0), Buffer.alloc(900)]) {
      await writeFile(path, bytes);
      const code = bytes === whole ? 'wrong_password' : 'identity_damaged';
      await expect(openIdentityFile(path, 'no')).rejects.toMatchObject({ code });
      if (bytes !== whole) await expect(readIdentityFileId(path)).rejects.toMatchObject({ code });
      const again = createIdentityFile(path, identity, 'no', options);
      await expect(again).rejects.toMatchObject({ code: 'identity_exists' });
      const unlockable = replaceIdentityFile(path, identity, '', options);
      await expect(unlockable).rejects.toMatchObject({ code: 'misuse' });
      expect(await readFile(path)).toEqual(bytes);
      expect(await readdir(folder)).toEqual(['identity.json']);
    }
  });

  it('may have 65,536 bytes and no more', async () => {
    const text = await lockIdentity(identity, 'pw', options);
    await writeFile(path, text.padEnd(65_536));
    expect((await openIdentityFile(path, 'pw')).text).toBe(identity.text);
    await writeFile(path, text.padEnd(65_537));
    await expect(openIdentityFile(path, 'pw')).rejects.toMatchObject({ code: 'identity_damaged' });
  });

  it.skipIf(process.platform === 'win32')('is not read for ever', async () => {
    const endless = openIdentityFile('/dev/zero', 'pw');
    await expect(endless).rejects.toMatchObject({ code: 'identity_damaged' });
  });

  it('that is not there is no damage', async () => {
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
