// What `#scrypt` means everywhere but under the export condition "node".
import { Scrypt } from '@stablelib/scrypt';
import { DERIVED_KEY_BYTES, type DeriveKey } from './scrypt-options.js';

export const deriveKey: DeriveKey = async (password, salt, { N, r, p }) => {
  const scrypt = new Scrypt(N, r, p);
  try {
    return await scrypt.deriveKeyNonBlocking(password, salt, DERIVED_KEY_BYTES);
  } finally {
    scrypt.clean(); // its working memory, of which the key can be computed
  }
};
