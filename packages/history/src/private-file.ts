import { chmodSync, closeSync, openSync } from 'node:fs';

/**
 * Makes a file unless it is there, readable by its owner only from its first moment on; the -wal and
 * -shm files that SQLite puts beside it take its mode over. What is in a file stays.
 */
export function ensurePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
