// What `#scrypt` means under the export condition "node": it leaves the event loop free.
import { DERIVED_KEY_BYTES, type DeriveKey } from './scrypt-options.js';

/** For what OpenSSL keeps besides the table and the blocks. */
const SPARE_MEMORY_BYTES = 2 ** 20;

export const deriveKey: DeriveKey = (password, salt, { N, r, p }) =>
  new Promise((resolve, reject) => {
    const maxmem = 128 * N * r + 128 * r * p + SPARE_MEMORY_BYTES;
    // Not imported: importing node:crypto evaluates all that it offers, and whoever lists accounts needs none of it.
    const { scrypt } = process.getBuiltinModule('node:crypto');
    scrypt(password, salt, DERIVED_KEY_BYTES, { N, r, p, maxmem }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
