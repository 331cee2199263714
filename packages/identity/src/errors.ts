/**
 * Why an identity, or a text that stands for one, was refused:
 *
 * - `invalid_id`: the text is not a public key. Copy it again, whole.
 * - `unsafe_id`: the key is one of the few that everybody can use. Do not talk to it.
 * - `invalid_invite`: the text is not an invite. Copy it again, whole.
 * - `wrong_password`: the password does not open the key file. Type it again.
 * - `identity_damaged`: the key file is not what was written. It is left as it is; restore a backup.
 * - `identity_too_new`: a newer version wrote the key file. Update.
 * - `identity_exists`: there is a key file already; it was not overwritten.
 * - `misuse`: the caller broke the contract (a wrong length, an empty password, use after `erase`). Fix the call.
 */
export type IdentityErrorCode =
  | 'invalid_id'
  | 'unsafe_id'
  | 'invalid_invite'
  | 'wrong_password'
  | 'identity_damaged'
  | 'identity_too_new'
  | 'identity_exists'
  | 'misuse';

/** The one error class of this package. Switch on `code`; `message` is for people. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
  readonly code: IdentityErrorCode;

  constructor(code: IdentityErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
