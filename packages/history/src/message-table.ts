import { noSuchContact } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import {
  type Direction,
  directionNumber,
  MESSAGE_QUERY,
  messageFromRow,
  type MessageRow,
  type MessageState,
  type NewMessage,
  stateNumber,
  type StoredMessage,
} from './message-row.js';
import type { Database, Statement } from './sqlite.js';

/** A message by its conversation, direction and id. */
export interface MessageKey {
  readonly contact: Uint8Array;
  readonly direction: Direction;
  readonly id: Uint8Array;
}

/** From which states an outgoing message may come to a state: never backwards, but the peer's word about storing it always counts. */
const COMES_FROM: Readonly<Record<MessageState, readonly MessageState[]>> = {
  queued: [],
  sent: ['queued'],
  delivered: ['queued', 'sent', 'failed', 'cancelled'],
  read: ['queued', 'sent', 'delivered', 'failed', 'cancelled'],
  failed: ['queued', 'sent'],
  cancelled: ['queued'],
};

/** Messages in the order of their storing. Pages are cut by that order, never by counting rows. */
export class MessageTable {
  readonly #commits: GroupCommit;
  readonly #contactKey: Statement<[Uint8Array], { key: number }>;
  readonly #insert: Statement<unknown[], never>;
  readonly #find: Statement<[number, number, Uint8Array], MessageRow>;
  readonly #page: Statement<[number, number, number], MessageRow>;
  readonly #unfinished: Statement<[number, number, number], MessageRow>;
  readonly #markRead: Statement<[number, number], never>;
  readonly #setState: Readonly<
    Record<MessageState, Statement<[number, number, Uint8Array], never>>
  >;

  constructor(database: Database, commits: GroupCommit) {
    this.#commits = commits;
    this.#contactKey = database.prepare('SELECT key FROM contacts WHERE id = ?');
    this.#insert = database.prepare(
      `INSERT INTO messages (contact, direction, id, at, received_at, text, reply_to, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (contact, direction, id) DO NOTHING`,
    );
    this.#find = database.prepare(
      `${MESSAGE_QUERY} WHERE contact = ? AND direction = ? AND messages.id = ?`,
    );
    this.#page = database.prepare(
      `${MESSAGE_QUERY} WHERE contact = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
    );
    this.#unfinished = database.prepare(
      `${MESSAGE_QUERY} WHERE contact = ? AND direction = 1 AND state < 2 AND sequence > ?
       ORDER BY sequence LIMIT ?`,
    );
    this.#markRead = database.prepare(
      'UPDATE messages SET state = 3 WHERE contact = ? AND direction = 0 AND state = 2 AND sequence <= ?',
    );
    const into = (state: MessageState): Statement<[number, number, Uint8Array], never> =>
      database.prepare(
        `UPDATE messages SET state = ? WHERE contact = ? AND direction = 1 AND id = ?
         AND state IN (${COMES_FROM[state].map(stateNumber).join(', ')})`,
      );
    this.#setState = {
      queued: into('queued'),
      sent: into('sent'),
      delivered: into('delivered'),
      read: into('read'),
      failed: into('failed'),
      cancelled: into('cancelled'),
    };
  }

  /**
   * Stores a message. One with the same contact, direction and id is left as it is (`inserted` is
   * false): a peer repeats what was not acknowledged. @throws HistoryError `no_such_contact`
   */
  append(message: NewMessage): Promise<{ inserted: boolean }> {
    return this.#commits.write(() => {
      const contact = this.#requireContact(message.contact);
      const { changes } = this.#insert.run(
        contact,
        directionNumber(message.direction),
        message.id,
        message.at,
        message.receivedAt ?? null,
        message.text,
        message.replyTo ?? null,
        stateNumber(message.state),
      );
      return { inserted: changes === 1 };
    });
  }

  find(key: MessageKey): StoredMessage | undefined {
    return this.#commits.read(() => {
      const contact = this.#contactKey.get(key.contact)?.key;
      if (contact === undefined) return undefined;
      const row = this.#find.get(contact, directionNumber(key.direction), key.id);
      return row === undefined ? undefined : messageFromRow(row);
    });
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

  /** A page of a conversation, newest last; `before` is exclusive. */
  page(options: { contact: Uint8Array; before?: MessageKey | undefined; limit: number }): {
    messages: readonly StoredMessage[];
    more: boolean;
  } {
    return this.#commits.read(() => {
      const contact = this.#contactKey.get(options.contact)?.key;
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

  /** Outgoing messages that are queued or sent, oldest first, after a place in the order of storing. */
  unfinished(
    contact: Uint8Array,
    options: { after?: number | undefined; limit: number },
  ): readonly StoredMessage[] {
    return this.#commits.read(() => {
      const key = this.#contactKey.get(contact)?.key;
      if (key === undefined) return [];
      return this.#unfinished.all(key, options.after ?? 0, options.limit).map(messageFromRow);
    });
  }

  /** Marks what came in up to this message as read; resolves with how many were unread. */
  markRead(upTo: MessageKey): Promise<number> {
    return this.#commits.write(() => {
      const message = this.find(upTo);
      if (message === undefined) return 0;
      return this.#markRead.run(this.#requireContact(upTo.contact), message.sequence).changes;
    });
  }

  #requireContact(id: Uint8Array): number {
    const row = this.#contactKey.get(id);
    if (row === undefined) throw noSuchContact();
    return row.key;
  }
}
