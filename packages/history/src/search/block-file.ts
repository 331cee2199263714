import type { Database, Statement } from '../sqlite.js';
import { PositionSet } from './position-set.js';
import type { QueryTerm } from './terms.js';

interface TermRow {
  readonly term: string;
  readonly positions: Buffer;
}

export interface BlockRange {
  readonly first: number;
  readonly last: number;
}

/** Behind every term that begins so, in the order of the file. */
const END_OF_PREFIX = '\u{10FFFF}';

/**
 * The blocks of the index that are in the file: for each block and term, which of its messages have
 * it. They follow one another in the order of storing and leave nothing out. Writes belong inside a
 * write of `GroupCommit`.
 */
export class BlockFile {
  readonly #ranges: Statement<[], BlockRange>;
  readonly #rangeOf: Statement<[number], BlockRange>;
  readonly #last: Statement<[], { last: number | null }>;
  readonly #one: Statement<[number, string], TermRow>;
  readonly #prefix: Statement<[number, string, string], TermRow>;
  readonly #insertRange: Statement<[number, number], never>;
  readonly #insert: Statement<[number, string, Buffer], never>;
  readonly #set: Statement<[number, string, Buffer], never>;
  readonly #delete: Statement<[number, string], never>;
  readonly #clear: Statement<[number], never>;

  constructor(database: Database) {
    this.#ranges = database.prepare('SELECT first, last FROM search_blocks ORDER BY first DESC');
    this.#rangeOf = database.prepare(
      'SELECT first, last FROM search_blocks WHERE first <= ? ORDER BY first DESC LIMIT 1',
    );
    this.#last = database.prepare('SELECT max(last) AS last FROM search_blocks');
    const terms = 'SELECT term, positions FROM search_terms WHERE block = ?';
    this.#one = database.prepare(`${terms} AND term = ?`);
    this.#prefix = database.prepare(`${terms} AND term >= ? AND term < ?`);
    this.#insertRange = database.prepare('INSERT INTO search_blocks (first, last) VALUES (?, ?)');
    const insert = 'INSERT INTO search_terms (block, term, positions) VALUES (?, ?, ?)';
    this.#insert = database.prepare(insert);
    this.#set = database.prepare(
      `${insert} ON CONFLICT (block, term) DO UPDATE SET positions = excluded.positions`,
    );
    this.#clear = database.prepare('DELETE FROM search_terms WHERE block > ?');
    this.#delete = database.prepare('DELETE FROM search_terms WHERE block = ? AND term = ?');
  }

  /** The last message that a block covers, 0 before the first. */
  get last(): number {
    return this.#last.get()?.last ?? 0;
  }

  /** Newest first. */
  ranges(): readonly BlockRange[] {
    return this.#ranges.all();
  }

  /** The block that covers a message. */
  rangeOf(sequence: number): BlockRange | undefined {
    const range = this.#rangeOf.get(sequence);
    return range === undefined || range.last < sequence ? undefined : range;
  }

  find(block: number, { term, isPrefix }: QueryTerm): PositionSet {
    const found = PositionSet.empty();
    if (isPrefix) {
      for (const row of this.#prefix.all(block, term, term + END_OF_PREFIX)) {
        found.addEncoded(row.positions);
      }
    } else {
      const row = this.#one.get(block, term);
      if (row !== undefined) found.addEncoded(row.positions);
    }
    return found;
  }

  /** Rows of a block that is not complete: nobody looks at them before it is. */
  writeRows(block: number, rows: Iterable<readonly [term: string, positions: Buffer]>): void {
    for (const [term, positions] of rows) this.#insert.run(block, term, positions);
  }

  complete(block: BlockRange): void {
    this.#insertRange.run(block.first, block.last);
  }

  /** Deletes what is left of a block whose writing was interrupted. */
  clearIncomplete(): void {
    this.#clear.run(this.last);
  }

  /** Takes messages out of a block, given by the terms they have. */
  remove(block: number, removed: ReadonlyMap<string, readonly number[]>): void {
    for (const [term, positions] of removed) {
      const rest = this.find(block, { term, isPrefix: false });
      if (rest.size === 0) continue;
      rest.remove(PositionSet.of(positions));
      if (rest.size === 0) this.#delete.run(block, term);
      else this.#set.run(block, term, rest.encode());
    }
  }

  /** What had one term has the other one. */
  mergeTerm(from: string, into: string): void {
    for (const { first } of this.ranges()) {
      const moved = this.find(first, { term: from, isPrefix: false });
      if (moved.size === 0) continue;
      moved.addAll(this.find(first, { term: into, isPrefix: false }));
      this.#set.run(first, into, moved.encode());
      this.#delete.run(first, from);
    }
  }
}
