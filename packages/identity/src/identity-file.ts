import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IdentityError } from './errors.js';
import type { Identity } from './identity.js';
import { lockIdentity, readLockedId, unlockIdentity } from './key-file.js';
import type { ScryptCost } from './scrypt-options.js';

/** A key file has less than a kilobyte; a larger one is not read. */
const MAX_FILE_BYTES = 65_536;

/**
 * Writes a new key file, readable by its owner only, whole or not at all.
 * @throws IdentityError `identity_exists` if there is one; it is left as it is.
 */
export async function createIdentityFile(
  path: string,
  identity: Identity,
  password: string,
  options: { cost?: ScryptCost } = {},
): Promise<void> {
  const text = await lockIdentity(identity, password, options);
  await writeThrough(path, text, async (temporary) => {
    try {
      await link(temporary, path); // unlike a rename, it never replaces
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new IdentityError(
        'identity_exists',
        'There is a key file already. Nothing was changed.',
      );
    }
    await rm(temporary);
  });
}

/** Writes the key file anew, for another password: after a crash there is the old one or the new one. */
export async function replaceIdentityFile(
  path: string,
  identity: Identity,
  password: string,
  options: { cost?: ScryptCost } = {},
): Promise<void> {
  const text = await lockIdentity(identity, password, options);
  await writeThrough(path, text, (temporary) => rename(temporary, path));
}

/** @throws IdentityError `wrong_password`, `identity_damaged`, `identity_too_new`; file errors as Node gives them. */
export async function openIdentityFile(path: string, password: string): Promise<Identity> {
  return unlockIdentity(await readText(path), password);
}

/** The id that the file says it holds, without the password. @throws IdentityError as `readLockedId` */
export async function readIdentityFileId(path: string): Promise<string> {
  return readLockedId(await readText(path));
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_FILE_BYTES) {
    throw new IdentityError('identity_damaged', 'This is not a key file: it is too large.');
  }
  return readFile(path, 'utf8');
}

/** To a temporary file, onto the medium, then into place, and the folder's entry onto the medium. */
async function writeThrough(
  path: string,
  text: string,
  putInPlace: (temporary: string) => Promise<void>,
): Promise<void> {
  const suffix = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(8))).toString('hex');
  const temporary = join(dirname(path), `.identity-${suffix}.tmp`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await putInPlace(temporary);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows gives no handle on a folder.
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
