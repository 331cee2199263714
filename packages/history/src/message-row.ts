import { fileFromRow, type FileColumns, FILE_COLUMNS, type StoredFile } from './file-row.js';

/** Where a message stands. Outgoing ones pass queued, sent, delivered, read; incoming ones begin as delivered. */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'cancelled';

/** `in` was received, `out` is sent. */
export type Direction = 'in' | 'out';

/** A message as it is stored first. */
export interface NewMessage {
  /** 16 bytes, made by the sender; names one message of a contact and direction. */
  readonly id: Uint8Array;
  /** The contact's id, 32 bytes. */
  readonly contact: Uint8Array;
  readonly direction: Direction;
  /** When it was written, Unix milliseconds on the writer's clock. */
  readonly at: number;
  /** When it was stored here, for incoming ones. */
  readonly receivedAt?: number | undefined;
  readonly text: string;
  readonly replyTo?: Uint8Array | undefined;
  readonly state: MessageState;
}

/** A message by its conversation, direction and id. */
export interface MessageKey {
  readonly contact: Uint8Array;
  readonly direction: Direction;
  readonly id: Uint8Array;
}

/** A message as it is read back. */
export interface StoredMessage extends NewMessage {
  /** If the message stands for a file: how far it is. `text` is then the file's name. */
  readonly file?: StoredFile | undefined;
  /** Order of storing, over all conversations; never used twice. */
  readonly sequence: number;
}

export interface MessageColumns {
  readonly sequence: number;
  readonly direction: number;
  readonly id: Buffer;
  readonly at: number;
  readonly received_at: number | null;
  readonly text: string;
  readonly reply_to: Buffer | null;
  readonly state: number;
}

export interface MessageRow extends MessageColumns, FileColumns {
  readonly contact_id: Buffer;
}

/** Rows as `MessageRow`; conditions and order are the caller's. */
export const MESSAGE_QUERY = `SELECT messages.*, contacts.id AS contact_id, ${FILE_COLUMNS} FROM messages
  JOIN contacts ON contacts.key = messages.contact
  LEFT JOIN transfers ON transfers.message = messages.sequence`;

// Numbers in the file: only ever add at the end.
const STATES: readonly MessageState[] = [
  'queued',
  'sent',
  'delivered',
  'read',
  'failed',
  'cancelled',
];
const DIRECTIONS: readonly Direction[] = ['in', 'out'];

export function stateNumber(state: MessageState): number {
  return STATES.indexOf(state);
}

export function directionNumber(direction: Direction): number {
  return DIRECTIONS.indexOf(direction);
}

export function directionFromNumber(number: number): Direction {
  return DIRECTIONS[number] ?? 'in';
}

export function messageFromRow(row: MessageRow): StoredMessage {
  return messageFromColumns(row, new Uint8Array(row.contact_id), fileFromRow(row));
}

/** The contact's id becomes part of the message. */
export function messageFromColumns(
  row: MessageColumns,
  contact: Uint8Array,
  file: StoredFile | undefined,
): StoredMessage {
  return {
    sequence: row.sequence,
    id: new Uint8Array(row.id),
    contact,
    direction: directionFromNumber(row.direction),
    at: row.at,
    ...(row.received_at === null ? {} : { receivedAt: row.received_at }),
    text: row.text,
    ...(row.reply_to === null ? {} : { replyTo: new Uint8Array(row.reply_to) }),
    state: STATES[row.state] ?? 'failed',
    ...(file === undefined ? {} : { file }),
  };
}
