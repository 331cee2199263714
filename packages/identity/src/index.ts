export { Identity } from './identity.js';
export { IdentityError } from './errors.js';
export type { IdentityErrorCode } from './errors.js';
export { decodeId, encodeId } from './id-text.js';
export { decodeInvite, encodeInvite } from './invite.js';
export type { Invite } from './invite.js';
export { safetyNumber } from './safety-number.js';
export { lockIdentity, readLockedId, unlockIdentity } from './key-file.js';
export type { ScryptCost } from './scrypt-options.js';
