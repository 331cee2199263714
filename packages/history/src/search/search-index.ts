import type { GroupCommit } from '../group-commit.js';
import type { Database, Statement } from '../sqlite.js';
import { BlockFile } from './block-file.js';
import { OpenBlock } from './open-block.js';
import type { FoundInBlock } from './position-set.js';
import { allTermsOf, contactTerm, type IndexedMessage, positionsByTerm } from './message-terms.js';
import type { QueryTerm } from './terms.js';

const SLICE_MESSAGES = 64;
/** So many rows of a block that is full are written in one transaction. */
const SLICE_ROWS = 1_500;
/** How long the event loop waits for one slice of indexing. */
const SLICE_MS = 5;

/** When so many messages have been stored since, the index follows by itself, in a pause. */
const UNSEEN_MESSAGES = 1_024;
const PAUSE_MS = 1_000;

/**
 * Which messages have which terms. It follows the messages at its own pace, so that storing one does
 * not wait for it:
 *
 *     messages   |---- block ----|---- block ----|--- open block ---|-- not yet --|
 *                 in the file      in the file     in memory          read by `catchUp`
 *
 * What is in memory is made again from the messages after a restart, and after a transaction is lost.
 */
export class SearchIndex {
  readonly #commits: GroupCommit;
  readonly #file: BlockFile;
  readonly #after: Statement<[number, number], IndexedMessage>;
  readonly #newest: Statement<[], { sequence: number | null }>;
  #block: OpenBlock | undefined;
  /** The block that is on its way into the file. */
  #writing: OpenBlock | undefined;
  #isClosed = false;
  #upTo = 0;
  #lostTransactions = -1;
  #catchingUp: Promise<void> | undefined;
  #unseen = 0;
  #pause: NodeJS.Timeout | undefined;

  constructor(database: Database, commits: GroupCommit) {
    this.#commits = commits;
    this.#file = new BlockFile(database);
    this.#after = database.prepare(
      'SELECT sequence, contact, text FROM messages WHERE sequence > ? ORDER BY sequence LIMIT ?',
    );
    this.#newest = database.prepare('SELECT max(sequence) AS sequence FROM messages');
    this.#file.clearIncomplete();
  }

  /** A message has been stored. */
  noteStored(count = 1): void {
    this.#unseen += count;
    if (this.#unseen < UNSEEN_MESSAGES || this.#pause !== undefined) return;
    this.#pause = setTimeout(() => this.#followUnasked(), PAUSE_MS).unref();
  }

  /** Ends what it does by itself. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#pause);
  }

  /** How many messages there are at most that it has not looked at. */
  get backlog(): number {
    this.#refresh();
    return Math.max(0, (this.#newest.get()?.sequence ?? 0) - this.#upTo);
  }

  /** Reads on until it has seen every message. @throws HistoryError if a block cannot be written. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#readOn().finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  /** What has all of these terms, newest block first. */
  find(terms: readonly QueryTerm[]): readonly FoundInBlock[] {
    this.#refresh();
    const inFile = this.#file.find(terms);
    return this.#block === undefined ? inFile : [this.#block.find(terms), ...inFile];
  }

  /** Forgets messages that are deleted in the same write. */
  forget(messages: readonly IndexedMessage[]): void {
    this.#refresh();
    const { last } = this.#file;
    const unwritten = messages.filter(({ sequence }) => sequence > last);
    if (unwritten.length > 0) this.#forgetUnwritten(unwritten.map(({ sequence }) => sequence));
    const byBlock = new Map<number, IndexedMessage[]>();
    for (const message of messages) {
      const first = this.#file.rangeOf(message.sequence)?.first;
      if (first === undefined) continue;
      const inBlock = byBlock.get(first);
      if (inBlock === undefined) byBlock.set(first, [message]);
      else inBlock.push(message);
    }
    for (const [first, inBlock] of byBlock)
      this.#file.remove(first, positionsByTerm(first, inBlock));
  }

  /** The messages of one contact are another one's from this write on. */
  mergeContact(from: number, into: number): void {
    this.#file.mergeTerm(contactTerm(from).term, contactTerm(into).term);
    this.#startAgain();
  }

  #followUnasked(): void {
    this.#unseen = 0;
    this.#pause = undefined;
    // Nobody waits for this. What fails, a full disk say, fails again where somebody searches.
    this.catchUp().catch(() => undefined);
  }

  #forgetUnwritten(sequences: readonly number[]): void {
    const isTouched = this.#block?.remove(sequences) ?? false;
    // Rows of a block that was or is being written may have their terms. Those of one that is being
    // written, and has none of these messages, are still wanted.
    const isWriting = this.#block !== undefined && this.#writing === this.#block;
    if (isTouched || !isWriting) this.#file.clearIncomplete();
  }

  async #readOn(): Promise<void> {
    let sliceEnds = performance.now() + SLICE_MS;
    while (!this.#isClosed && (await this.#readSlice())) {
      if (performance.now() < sliceEnds) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnds = performance.now() + SLICE_MS;
    }
  }

  async #readSlice(): Promise<boolean> {
    // What is read below must not be undone afterwards.
    this.#commits.flush();
    const rows = this.#commits.read(() => {
      this.#refresh();
      return this.#after.all(this.#upTo, SLICE_MESSAGES);
    });
    for (const row of rows) {
      if (this.#block?.isFullBefore(row.sequence) === true) {
        await this.#write(this.#block);
        return true;
      }
      this.#block ??= new OpenBlock(row.sequence);
      this.#block.add(row.sequence, allTermsOf(row));
      this.#upTo = row.sequence;
    }
    return rows.length === SLICE_MESSAGES;
  }

  /**
   * In several transactions; the last one makes the block count. Until then it is in memory as well, and
   * begins again if something is taken out of it meanwhile. If a transaction is lost, all of it is.
   */
  async #write(block: OpenBlock): Promise<void> {
    const rows = [...block.rows()];
    const { removals } = block;
    const isOvertaken = (): boolean => {
      if (this.#isClosed) return true;
      this.#refresh();
      return this.#block !== block || block.removals !== removals;
    };
    this.#writing = block;
    for (let from = 0; from < rows.length; from += SLICE_ROWS) {
      await this.#commit(() => {
        if (from === 0) this.#file.clearIncomplete();
        this.#file.writeRows(block.first, rows.slice(from, from + SLICE_ROWS));
      });
      await new Promise((resolve) => setImmediate(resolve));
      if (isOvertaken()) return;
    }
    const written = this.#commit(() => this.#file.complete(block));
    // At once, and not after the promise: in between, a message of the block may be deleted.
    if (this.#file.last === block.last) this.#block = undefined;
    await written;
  }

  #commit(write: () => void): Promise<void> {
    const written = this.#commits.write(write);
    this.#commits.flush();
    return written;
  }

  #refresh(): void {
    if (this.#lostTransactions === this.#commits.lostTransactions) return;
    this.#lostTransactions = this.#commits.lostTransactions;
    this.#startAgain();
  }

  #startAgain(): void {
    this.#block = undefined;
    this.#upTo = this.#file.last;
  }
}
