import { link, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { IdentityError } from './errors.js';
import type { Identity } from './identity.js';
import { type LockOptions, lockIdentity, readLockedId, unlockIdentity } from './key-file.js';

/** A key file has less than a kilobyte; a larger one is not read. */
const MAX_FILE_BYTES = 65_536;
const TEMPORARY_ENDING = '.tmp';

/**
 * Writes a new key file, readable by its owner only, whole or not at all.
 * @throws IdentityError `identity_exists` if there is one, which is left as it is; `misuse`; file
 *   errors as Node gives them.
 */
export async function createIdentityFile(
  path: string,
  identity: Identity,
  password: string,
  options: LockOptions = {},
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

/**
 * Writes the key file anew, for another password: after a crash there is the old one or the new one.
 * What an earlier crash left beside it goes too, since it would still open by the old password.
 * @throws IdentityError `misuse`; file errors as Node gives them.
 */
export async function replaceIdentityFile(
  path: string,
  identity: Identity,
  password: string,
  options: LockOptions = {},
): Promise<void> {
  const text = await lockIdentity(identity, password, options);
  await writeThrough(path, text, async (temporary) => {
    await rename(temporary, path);
    await removeLeftovers(path);
  });
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
  const file = await open(path, 'r');
  try {
    // Read rather than asked for its size, which a file may not have, or not keep.
    const buffer = Buffer.alloc(MAX_FILE_BYTES + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < buffer.length; length += count) {
      count = (await file.read(buffer, length, buffer.length - length)).bytesRead;
    }
    if (length <= MAX_FILE_BYTES) return buffer.toString('utf8', 0, length);
  } finally {
    await file.close();
  }
  throw new IdentityError('identity_damaged', 'This is not a key file: it is too large.');
}

/** To a temporary file, onto the medium, then into place, and the folder's entry onto the medium. */
async function writeThrough(
  path: string,
  text: string,
  putInPlace: (temporary: string) => Promise<void>,
): Promise<void> {
  const suffix = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(8))).toString('hex');
  const temporary = join(dirname(path), `${temporaryPrefix(path)}${suffix}${TEMPORARY_ENDING}`);
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

function temporaryPrefix(path: string): string {
  return `.${basename(path)}-`;
}

async function removeLeftovers(path: string): Promise<void> {
  const prefix = temporaryPrefix(path);
  const names = await readdir(dirname(path));
  const leftovers = names.filter(
    (name) => name.startsWith(prefix) && name.endsWith(TEMPORARY_ENDING),
  );
  await Promise.all(leftovers.map((name) => rm(join(dirname(path), name), { force: true })));
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
