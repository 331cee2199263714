import {
  decodeId,
  decodeInvite,
  encodeId,
  encodeInvite,
  isInviteUrl,
  safetyNumber,
} from '@gravy/identity';
import { type OwnKey, verifyStrict } from '@gravy/protocol';
import type { IdentityText, Signer } from '../core/ports/identity.js';

/** The text forms of @gravy/identity. */
export const identityText: IdentityText = {
  encodeId,
  decodeId,
  safetyNumber,
  encodeInvite,
  decodeInvite,
  isInviteUrl,
};

/** Signatures of @gravy/protocol with the account's key. */
export function signerOf(ownKey: OwnKey): Signer {
  return { sign: (context, body) => ownKey.sign(context, body), verify: verifyStrict };
}
