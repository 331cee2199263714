import type { ContactKeys } from './contact-keys.js';
import type { Eraser } from './eraser.js';
import { noSuchContact } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import type { MessageInsert } from './message-insert.js';
import {
  type Direction,
  directionFromNumber,
  directionNumber,
  MESSAGE_QUERY,
  type MessageKey,
  messageFromRow,
  type MessageRow,
  type MessageState,
  type NewMessage,
  stateNumber,
  type StoredMessage,
} from './message-row.js';
import { ReadMarks } from './read-marks.js';
import {
  type MarkSent,
  markSentStatement,
  stateStatements,
  stretchesOf,
} from './message-states.js';
import type { Database, Statement } from './sqlite.js';
import { UnfinishedMessages } from './unfinished-messages.js';

/** Who sends messages chooses their ids, and may choose one that is there: a lookup by id alone ends here. */
const MAX_LOCATED = 16;

interface KeyRow {
  readonly contact_id: Buffer;
  readonly direction: number;
}

/** Messages in the order of their storing. Pages are cut by that order, never by counting rows. */
export class MessageTable {
  readonly #commits: GroupCommit;
  readonly #keys: ContactKeys;
  readonly #eraser: Eraser;
  readonly #insert: MessageInsert;
  readonly #find: Readonly<Record<Direction, Statement<[number, Uint8Array], MessageRow>>>;
  readonly #locate: Statement<[Uint8Array], KeyRow>;
  readonly #page: Statement<[number, number, number], MessageRow>;
  readonly #from: Statement<[number, number, number], MessageRow>;
  readonly #unfinished: UnfinishedMessages;
  readonly #readMarks: ReadMarks;
  readonly #setState: ReturnType<typeof stateStatements>;
  readonly #markSent: MarkSent;

  constructor(
    database: Database,
    parts: { commits: GroupCommit; keys: ContactKeys; eraser: Eraser; insert: MessageInsert },
  ) {
    this.#commits = parts.commits;
    this.#keys = parts.keys;
    this.#eraser = parts.eraser;
    this.#insert = parts.insert;
    // The direction is part of the text: an index holds one direction only, so SQLite would plan the query anew for each value.
    const among = (direction: Direction): Statement<[number, Uint8Array], MessageRow> =>
      database.prepare(
        `${MESSAGE_QUERY} WHERE contact = ? AND direction = ${directionNumber(direction)}
         AND messages.id = ?`,
      );
    this.#find = { in: among('in'), out: among('out') };
    this.#locate = database.prepare(
      `SELECT contacts.id AS contact_id, direction FROM messages
       JOIN contacts ON contacts.key = messages.contact
       WHERE messages.id = ? ORDER BY contact, direction LIMIT ${MAX_LOCATED}`,
    );
    this.#page = database.prepare(
      `${MESSAGE_QUERY} WHERE contact = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
    );
    this.#from = database.prepare(
      `${MESSAGE_QUERY} WHERE contact = ? AND sequence > ? ORDER BY sequence LIMIT ?`,
    );
    this.#unfinished = new UnfinishedMessages(database);
    this.#readMarks = new ReadMarks(database);
    this.#setState = stateStatements(database);
    this.#markSent = markSentStatement(database);
  }

  /**
   * Stores a message. One with the same contact, direction and id is left as it is, and one that came
   * in and was deleted here stays away (`inserted` is false): a peer repeats what was not acknowledged.
   * @throws HistoryError `no_such_contact`
   */
  append(message: NewMessage): Promise<{ inserted: boolean }> {
    return this.#commits.writeOnce(() => ({
      inserted: this.#insert.run(message) !== undefined,
    }));
  }

  /** The message; undefined if there is none. */
  find(key: MessageKey): StoredMessage | undefined {
    return this.#commits.read(() => {
      const contact = this.#keys.of(key.contact);
      if (contact === undefined) return undefined;
      const row = this.#find[key.direction].get(contact, key.id);
      return row === undefined ? undefined : messageFromRow(row);
    });
  }

  /**
   * Where messages with this id stand, over all conversations. Peers choose ids, so there may be
   * several; at most 16 are told.
   */
  locate(id: Uint8Array): readonly MessageKey[] {
    return this.#commits.read(() =>
      this.#locate.all(id).map((row) => ({
        contact: new Uint8Array(row.contact_id),
        direction: directionFromNumber(row.direction),
        id: id.slice(),
      })),
    );
  }

  /** Moves outgoing messages forward; resolves with the ids whose state really changed. */
  setState(change: {
    contact: Uint8Array;
    ids: readonly Uint8Array[];
    state: MessageState;
  }): Promise<readonly Uint8Array[]> {
    return this.#commits.write(() => {
      const contact = this.#requireContact(change.contact);
      const statement = this.#setState[change.state];
      const state = stateNumber(change.state);
      return change.ids.filter((id) => statement.run(state, contact, id).changes === 1);
    });
  }

  /**
   * The same as moving outgoing messages to `sent`, for many at a time: by their places in the order of
   * storing (`sequence`), ascending. @throws HistoryError `no_such_contact`
   */
  markSent(contact: Uint8Array, sequences: readonly number[]): Promise<readonly Uint8Array[]> {
    return this.#commits.write(() => {
      const key = this.#requireContact(contact);
      return stretchesOf(sequences).flatMap(([first, last]) =>
        this.#markSent.all(key, first, last).map(({ id }) => new Uint8Array(id)),
      );
    });
  }

  /** A page of a conversation, newest last; `before` is exclusive. */
  page(options: { contact: Uint8Array; before?: MessageKey | undefined; limit: number }): {
    messages: readonly StoredMessage[];
    more: boolean;
  } {
    return this.#commits.read(() => {
      const contact = this.#keys.of(options.contact);
      const before =
        options.before === undefined
          ? Number.MAX_SAFE_INTEGER
          : this.find(options.before)?.sequence;
      if (contact === undefined || before === undefined) return { messages: [], more: false };
      const rows = this.#page.all(contact, before, options.limit + 1);
      const messages = rows.slice(0, options.limit).map(messageFromRow).toReversed();
      return { messages, more: rows.length > options.limit };
    });
  }

  /** A conversation from its beginning, or from behind a place in the order of storing, oldest first. */
  from(
    contact: Uint8Array,
    options: { after?: number | undefined; limit: number },
  ): readonly StoredMessage[] {
    return this.#commits.read(() => {
      const key = this.#keys.of(contact);
      if (key === undefined) return [];
      return this.#from.all(key, options.after ?? 0, options.limit).map(messageFromRow);
    });
  }

  /** Outgoing messages that are queued or sent, oldest first, after a place in the order of storing. */
  unfinished(
    contact: Uint8Array,
    options: { after?: number | undefined; limit: number },
  ): readonly StoredMessage[] {
    return this.#commits.read(() => {
      const key = this.#keys.of(contact);
      if (key === undefined) return [];
      return this.#unfinished.after({ key, id: contact }, options.after ?? 0, options.limit);
    });
  }

  /**
   * Marks what came in up to this message as read; resolves with the ids that were unread. With
   * `report` they are given by `unreported` from now on, until they are marked as reported.
   */
  markRead(upTo: MessageKey, options: { report: boolean }): Promise<readonly Uint8Array[]> {
    return this.#commits.write(() => {
      const message = this.find(upTo);
      if (message === undefined) return [];
      const contact = this.#requireContact(upTo.contact);
      return this.#readMarks.markRead(contact, message.sequence, options.report);
    });
  }

  /** Ids of incoming messages whose reading the contact is still to be told of, oldest first. */
  unreported(contact: Uint8Array, limit: number): readonly Uint8Array[] {
    return this.#commits.read(() => {
      const key = this.#keys.of(contact);
      return key === undefined ? [] : this.#readMarks.unreported(key, limit);
    });
  }

  /** The contact has been told that these were read. @throws HistoryError `no_such_contact` */
  markReported(contact: Uint8Array, ids: readonly Uint8Array[]): Promise<void> {
    return this.#commits.write(() =>
      this.#readMarks.markReported(this.#requireContact(contact), ids),
    );
  }

  /**
   * Deletes a message on this side, for good: from the index, the journal and the copies of migrations
   * as well. Resolves with false if there was none. The id of one that came in is kept, so that the
   * peer's repeating it does not bring it back. A file that it stands for stays where it is.
   */
  async delete(key: MessageKey): Promise<boolean> {
    const contact = this.#commits.read(() => this.#keys.of(key.contact));
    if (contact === undefined) return false;
    return this.#eraser.deleteOne(contact, directionNumber(key.direction), key.id);
  }

  /**
   * Deletes a conversation in the same way, oldest first; resolves with how many messages it had. If it
   * is interrupted, the rest is still there. Of a contact that was removed nothing at all is left. Where
   * its files are is in `transfers`: ask before.
   */
  async deleteAll(contact: Uint8Array): Promise<number> {
    const key = this.#commits.read(() => this.#keys.of(contact));
    return key === undefined ? 0 : this.#eraser.deleteAll(key);
  }

  #requireContact(id: Uint8Array): number {
    const key = this.#keys.of(id);
    if (key === undefined) throw noSuchContact();
    return key;
  }
}
