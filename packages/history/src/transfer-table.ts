import { HistoryError } from './errors.js';
import { type FileState, fileStateNumber } from './file-row.js';
import type { GroupCommit } from './group-commit.js';
import {
  directionNumber,
  MESSAGE_QUERY,
  type MessageKey,
  messageFromRow,
  type MessageRow,
  type NewMessage,
  type StoredMessage,
} from './message-row.js';
import type { MessageInsert } from './message-insert.js';
import type { Database, Statement } from './sqlite.js';

/** A file that is offered; the message's text is its name. */
export interface NewTransfer extends NewMessage {
  readonly file: {
    /** Bytes. */
    readonly size: number;
    readonly isFolder?: boolean | undefined;
    readonly mediaType?: string | undefined;
    /** What is sent. */
    readonly path?: string | undefined;
    /** When that was changed last, Unix milliseconds: another time means another file. */
    readonly modifiedAt?: number | undefined;
    /** Where it is to be written, if that is clear from the first. */
    readonly temporaryPath?: string | undefined;
  };
}

/** What is kept of a transfer to go on with it, beside what its message shows. */
export interface TransferProgress {
  /** Where an unfinished file is written. */
  readonly temporaryPath?: string | undefined;
  readonly modifiedAt?: number | undefined;
  /** The state of the hash over the first `bytes` bytes, in the caller's own form. */
  readonly hashState?: Uint8Array | undefined;
  /** The hash of the whole file, once it is known. */
  readonly sha256?: Uint8Array | undefined;
}

export interface StoredTransfer extends TransferProgress {
  readonly message: StoredMessage & { readonly file: NonNullable<StoredMessage['file']> };
}

/** What of a contact's files goes on here. */
export interface Incoming {
  /** Offers that nobody has decided on. */
  readonly undecided: number;
  readonly accepted: number;
}

/** What is left out stays; null erases. */
export interface TransferChange {
  readonly state?: FileState;
  readonly bytes?: number;
  readonly path?: string | null;
  readonly temporaryPath?: string | null;
  readonly hashState?: Uint8Array | null;
  readonly sha256?: Uint8Array | null;
  readonly reason?: string | null;
}

interface TransferRow extends MessageRow {
  readonly temporary_path: string | null;
  readonly modified_at: number | null;
  readonly hash_state: Buffer | null;
  readonly sha256: Buffer | null;
}

const QUERY = MESSAGE_QUERY.replace(
  ' FROM messages',
  ', temporary_path, modified_at, hash_state, sha256 FROM messages',
).replace('LEFT JOIN transfers', 'JOIN transfers');

/** Files that are sent and received. Each is a message of its conversation, and ends once. */
export class TransferTable {
  readonly #commits: GroupCommit;
  readonly #messages: MessageInsert;
  readonly #insert: Statement<unknown[], never>;
  readonly #find: Statement<[Uint8Array, number, Uint8Array], TransferRow>;
  readonly #list: Statement<[Uint8Array | null, number, number, number], TransferRow>;
  readonly #unfinished: Statement<[Uint8Array | null, number], TransferRow>;
  readonly #incoming: Statement<[Uint8Array], Incoming>;
  readonly #update: Statement<unknown[], never>;

  constructor(database: Database, commits: GroupCommit, messages: MessageInsert) {
    this.#commits = commits;
    this.#messages = messages;
    this.#insert = database.prepare(
      `INSERT INTO transfers (message, size, is_folder, media_type, path, modified_at, temporary_path)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#find = database.prepare(
      `${QUERY} WHERE contacts.id = ? AND direction = ? AND messages.id = ?`,
    );
    const ofContact = 'contact IN (SELECT key FROM contacts WHERE id = ? OR ?)';
    this.#list = database.prepare(
      `${QUERY} WHERE ${ofContact} AND transfers.message < ? ORDER BY transfers.message DESC LIMIT ?`,
    );
    this.#unfinished = database.prepare(
      `${QUERY} WHERE file_state < 3 AND ${ofContact} ORDER BY transfers.message`,
    );
    // The unfinished ones are few among all: they come first.
    this.#incoming = database.prepare(
      `SELECT count(*) FILTER (WHERE file_state = 0) AS undecided,
         count(*) FILTER (WHERE file_state > 0) AS accepted
       FROM transfers CROSS JOIN messages ON sequence = transfers.message
       WHERE file_state < 3 AND direction = 0 AND contact = (SELECT key FROM contacts WHERE id = ?)`,
    );
    this.#update = database.prepare(
      `UPDATE transfers SET file_state = ?, bytes = ?, path = ?, temporary_path = ?, hash_state = ?,
         sha256 = ?, reason = ? WHERE message = ?`,
    );
  }

  /**
   * Stores an offer and the message that stands for it, or neither: one that is there already, or was
   * deleted here, is left alone. @throws HistoryError `no_such_contact`
   */
  add(transfer: NewTransfer): Promise<{ inserted: boolean }> {
    return this.#commits.write(() => {
      const { file } = transfer;
      const sequence = this.#messages.run(transfer);
      if (sequence === undefined) return { inserted: false };
      this.#insert.run(
        sequence,
        file.size,
        Number(file.isFolder ?? false),
        file.mediaType ?? null,
        file.path ?? null,
        file.modifiedAt ?? null,
        file.temporaryPath ?? null,
      );
      return { inserted: true };
    });
  }

  /** The transfer that belongs to the message; undefined if there is none. */
  get(key: MessageKey): StoredTransfer | undefined {
    return this.#commits.read(() => this.#get(key));
  }

  /** Newest first; `before` is the sequence of a message, exclusive. */
  list(options: {
    contact?: Uint8Array | undefined;
    before?: number | undefined;
    limit: number;
  }): readonly StoredTransfer[] {
    const { contact, before = Number.MAX_SAFE_INTEGER, limit } = options;
    return this.#commits.read(() =>
      this.#list.all(...whose(contact), before, limit).map(transferFromRow),
    );
  }

  /** Those that have not ended, oldest first: of one contact, or of all. */
  unfinished(contact?: Uint8Array): readonly StoredTransfer[] {
    return this.#commits.read(() => this.#unfinished.all(...whose(contact)).map(transferFromRow));
  }

  /** How much of what a contact offers goes on: cheap enough to be asked for each offer. */
  incoming(contact: Uint8Array): Incoming {
    const none = { undecided: 0, accepted: 0 };
    return this.#commits.read(() => this.#incoming.get(contact) ?? none);
  }

  /**
   * Resolves with false if there is no such transfer, or it has ended: then only where its files are
   * can be changed. A transfer that ends forgets its hash state.
   * @throws HistoryError `misuse` for a state that cannot follow, or more bytes than there are.
   */
  update(key: MessageKey, change: TransferChange): Promise<boolean> {
    return this.#commits.write(() => {
      const before = this.#get(key);
      if (before === undefined) return false;
      const { file } = before.message;
      const onlyMoves = Object.keys(change).every((name) => /path$/iu.test(name));
      if (hasEnded(file.state) && !onlyMoves) return false;
      const state = change.state ?? file.state;
      const bytes = change.bytes ?? file.bytes;
      if (state === 'offered' && file.state !== 'offered') {
        throw new HistoryError('misuse', 'A transfer that has begun is not offered again.');
      }
      if (!Number.isSafeInteger(bytes) || bytes < 0 || bytes > file.size) {
        throw new HistoryError('misuse', 'A transfer has at most as many bytes as its file.');
      }
      const hashState = hasEnded(state) ? null : pick(change.hashState, before.hashState);
      this.#update.run(
        fileStateNumber(state),
        bytes,
        pick(change.path, file.path),
        pick(change.temporaryPath, before.temporaryPath),
        hashState,
        pick(change.sha256, before.sha256),
        pick(change.reason, file.reason),
        before.message.sequence,
      );
      return true;
    });
  }

  #get(key: MessageKey): StoredTransfer | undefined {
    const row = this.#find.get(key.contact, directionNumber(key.direction), key.id);
    return row === undefined ? undefined : transferFromRow(row);
  }
}

/** One contact's, or everybody's. */
function whose(contact: Uint8Array | undefined): [Uint8Array | null, number] {
  return [contact ?? null, Number(contact === undefined)];
}

function hasEnded(state: FileState): boolean {
  return fileStateNumber(state) >= fileStateNumber('done');
}

function pick<T>(change: T | null | undefined, before: T | undefined): T | null {
  return change === undefined ? (before ?? null) : change;
}

function transferFromRow(row: TransferRow): StoredTransfer {
  const { file, ...message } = messageFromRow(row);
  if (file === undefined) throw new HistoryError('misuse', 'This message stands for no file.');
  return {
    message: { ...message, file },
    ...(row.temporary_path === null ? {} : { temporaryPath: row.temporary_path }),
    ...(row.modified_at === null ? {} : { modifiedAt: row.modified_at }),
    ...(row.hash_state === null ? {} : { hashState: new Uint8Array(row.hash_state) }),
    ...(row.sha256 === null ? {} : { sha256: new Uint8Array(row.sha256) }),
  };
}
