// What the core needs of the identity library and of the account's key.

/** All that an invite's bearer learns from its text. */
export interface InviteText {
  readonly id: Uint8Array;
  readonly psk: Uint8Array;
  readonly urls: readonly string[];
  /** Unix seconds. */
  readonly expires: number;
  readonly name?: string | undefined;
}

/** Text forms of ids, invites and addresses. */
export interface IdentityText {
  encodeId(id: Uint8Array): string;
  decodeId(text: string): Uint8Array;
  safetyNumber(left: Uint8Array, right: Uint8Array): string;
  encodeInvite(invite: InviteText): string;
  decodeInvite(text: string): InviteText;
  /** Whether a text is a URL as invites and address records may hold it (Spec 8.9). */
  isInviteUrl(text: string): boolean;
}

/** The account's own key, for what it signs besides handshakes. */
export interface Signer {
  sign(context: string, body: Uint8Array): Uint8Array;
  /** Whether the holder of `id` signed this (Spec 0.4). */
  verify(claim: {
    id: Uint8Array;
    context: string;
    body: Uint8Array;
    signature: Uint8Array;
  }): boolean;
}
