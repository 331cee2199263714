// What `#scrypt` means everywhere but under the export condition "node".
import { deriveKeyNonBlocking } from '@stablelib/scrypt';
import { DERIVED_KEY_BYTES, type DeriveKey } from './scrypt-options.js';

export const deriveKey: DeriveKey = (password, salt, { N, r, p }) =>
  deriveKeyNonBlocking(password, salt, N, r, p, DERIVED_KEY_BYTES);
