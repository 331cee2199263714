import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MessengerError } from '../errors.js';

/** sockaddr_un holds 104 bytes on macOS and 108 on Linux, with the zero at its end. */
const MAX_SOCKET_PATH_BYTES = 103;

/**
 * Where an account's process can be spoken to: `control.sock` in the account's folder; a named pipe
 * on Windows; a private folder of the system's temporary one where the first path would be too long.
 */
export function controlAddress(folder: string): string {
  const digest = createHash('sha256').update(folder).digest('base64url').slice(0, 22);
  if (process.platform === 'win32') return `\\\\.\\pipe\\gravy-${digest}`;
  const path = join(folder, 'control.sock');
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return path;
  return join(tmpdir(), `gravy-${process.getuid?.() ?? 0}`, `${digest}.sock`);
}

/** Makes sure the socket's folder exists and belongs to this user alone. */
export async function prepareControlFolder(address: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = dirname(address);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await lstat(folder);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new MessengerError(
      'no_permission',
      `The folder ${folder} is open to other users. Remove it or make it private (chmod 700).`,
    );
  }
}
