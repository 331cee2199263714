import { type ContactAddress, decodeAddresses } from './contact-address.js';
import type { StoredMessage } from './message-row.js';

/** A contact as it is added. */
export interface NewContact {
  /** 32 bytes. */
  readonly id: Uint8Array;
  readonly name: string;
  /** False while the name is what the contact suggested, or made up. True unless given. */
  readonly isNamed?: boolean | undefined;
  /** Unix milliseconds. */
  readonly addedAt: number;
  readonly addresses?: readonly ContactAddress[] | undefined;
}

/** A contact as it is stored. */
export interface StoredContact extends NewContact {
  readonly isNamed: boolean;
  readonly verified: boolean;
  readonly blocked: boolean;
  readonly addresses: readonly ContactAddress[];
  /** Number of the last signed address record that was taken from the contact, 0 before the first. */
  readonly addressSequence: number;
}

/** A contact as lists show it. */
export interface ListedContact extends StoredContact {
  /** Received messages that are not marked as read. */
  readonly unread: number;
  readonly lastMessage: StoredMessage | undefined;
}

export interface ContactRow {
  readonly key: number;
  readonly id: Buffer;
  readonly name: string;
  readonly is_named: number;
  readonly verified: number;
  readonly blocked: number;
  readonly addresses: string;
  readonly address_sequence: number;
  readonly added_at: number;
}

export const CONTACT_COLUMNS =
  'key, id, name, is_named, verified, blocked, addresses, address_sequence, added_at';

/** Names that differ in case or composition only count as one. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function contactFromRow(row: ContactRow): StoredContact {
  return {
    id: new Uint8Array(row.id),
    name: row.name,
    isNamed: row.is_named === 1,
    verified: row.verified === 1,
    blocked: row.blocked === 1,
    addresses: decodeAddresses(row.addresses),
    addressSequence: row.address_sequence,
    addedAt: row.added_at,
  };
}
