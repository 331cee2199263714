import type { StoredMessage } from './message-row.js';

export interface NewContact {
  /** 32 bytes. */
  readonly id: Uint8Array;
  readonly name: string;
  /** Unix milliseconds. */
  readonly addedAt: number;
  readonly addresses?: readonly string[] | undefined;
}

export interface StoredContact extends NewContact {
  readonly verified: boolean;
  readonly blocked: boolean;
  readonly addresses: readonly string[];
}

export interface ListedContact extends StoredContact {
  /** Received messages that are not marked as read. */
  readonly unread: number;
  readonly lastMessage: StoredMessage | undefined;
}

export interface ContactRow {
  readonly key: number;
  readonly id: Buffer;
  readonly name: string;
  readonly verified: number;
  readonly blocked: number;
  readonly addresses: string;
  readonly added_at: number;
}

export const CONTACT_COLUMNS = 'key, id, name, verified, blocked, addresses, added_at';

/** Names that differ in case or composition only count as one. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function contactFromRow(row: ContactRow): StoredContact {
  return {
    id: new Uint8Array(row.id),
    name: row.name,
    verified: row.verified === 1,
    blocked: row.blocked === 1,
    addresses: JSON.parse(row.addresses) as string[],
    addedAt: row.added_at,
  };
}
