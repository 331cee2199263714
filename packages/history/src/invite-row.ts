import type { NewContact } from './contact-row.js';

/** An invite as it is made. */
export interface NewInvite {
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** 32 bytes: whoever proves to have them gets in. */
  readonly psk: Uint8Array;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  /** What the bearer will be called here. */
  readonly contactName?: string | undefined;
  /** What was written into the invite. */
  readonly urls: readonly string[];
}

/** An invite with what became of it. */
export interface StoredInvite extends Omit<NewInvite, 'psk'> {
  /** Gone once it was revoked, or pruned after its end. A copy, which is the reader's to erase. */
  readonly psk: Uint8Array | undefined;
  /** The contact that took it. */
  readonly bearer?: Uint8Array | undefined;
  readonly usedAt?: number | undefined;
  readonly revokedAt?: number | undefined;
}

/** Somebody has proven to hold an invite's secret and an id. */
export interface InviteClaim {
  readonly id: Uint8Array;
  /** The id of who claims it, 32 bytes. */
  readonly bearer: Uint8Array;
  /** Unix milliseconds. */
  readonly at: number;
  /** What they become unless they are a contact already; its id is the bearer's. */
  readonly contact: NewContact;
}

export interface InviteRow {
  readonly id: Buffer;
  readonly psk: Buffer | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly contact_name: string | null;
  readonly urls: string;
  readonly bearer: Buffer | null;
  readonly used_at: number | null;
  readonly revoked_at: number | null;
}

/** The row's own bytes: a copy would leave one behind that nobody erases. */
function secretOf({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

export function inviteFromRow(row: InviteRow): StoredInvite {
  return {
    id: new Uint8Array(row.id),
    psk: row.psk === null ? undefined : secretOf(row.psk),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.contact_name === null ? {} : { contactName: row.contact_name }),
    urls: JSON.parse(row.urls) as readonly string[],
    ...(row.bearer === null ? {} : { bearer: new Uint8Array(row.bearer) }),
    ...(row.used_at === null ? {} : { usedAt: row.used_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}
