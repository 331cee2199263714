import type { Database, Statement } from '../sqlite.js';
import { type FoundInBlock, PositionSet } from './position-set.js';
import type { QueryTerm } from './terms.js';

interface TermRow {
  readonly positions: Buffer;
}

interface FoundRow extends TermRow {
  /** Where its block begins. */
  readonly first: number;
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
  readonly #inAll: Statement<[string], FoundRow>;
  readonly #prefixInAll: Statement<[string, string], FoundRow>;
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
    this.#one = database.prepare('SELECT positions FROM search_terms WHERE block = ? AND term = ?');
    this.#inAll = database.prepare(inAllBlocks('term = ?'));
    this.#prefixInAll = database.prepare(inAllBlocks('term >= ? AND term < ?'));
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

  /** What has all of these terms, newest block first; blocks that have nothing may be missing. */
  find(terms: readonly QueryTerm[]): readonly FoundInBlock[] {
    let found: ReadonlyMap<number, PositionSet> | undefined;
    for (const term of terms) {
      const here = this.#find(term, found);
      for (const [first, positions] of here) {
        const before = found?.get(first);
        if (before !== undefined) positions.keepOnly(before);
      }
      found = here;
    }
    return Array.from(found ?? [], ([first, positions]) => ({ first, positions }));
  }

  #find(
    { term, isPrefix }: QueryTerm,
    among: ReadonlyMap<number, PositionSet> | undefined,
  ): Map<number, PositionSet> {
    const found = new Map<number, PositionSet>();
    if (among?.size === 0) return found;
    const rows = isPrefix
      ? this.#prefixInAll.iterate(term, term + END_OF_PREFIX)
      : this.#inAll.iterate(term);
    for (const { first, positions } of rows) {
      if (among?.has(first) === false) continue;
      let inBlock = found.get(first);
      if (inBlock === undefined) found.set(first, (inBlock = PositionSet.empty()));
      inBlock.addEncoded(positions);
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
      const rest = this.#positionsOf(block, term);
      if (rest.isEmpty) continue;
      rest.remove(PositionSet.of(positions));
      if (rest.isEmpty) this.#delete.run(block, term);
      else this.#set.run(block, term, rest.encode());
    }
  }

  /** What had one term has the other one. */
  mergeTerm(from: string, into: string): void {
    for (const { first } of this.ranges()) {
      const moved = this.#positionsOf(first, from);
      if (moved.isEmpty) continue;
      moved.addAll(this.#positionsOf(first, into));
      this.#set.run(first, into, moved.encode());
      this.#delete.run(first, from);
    }
  }

  #positionsOf(block: number, term: string): PositionSet {
    const positions = PositionSet.empty();
    const row = this.#one.get(block, term);
    if (row !== undefined) positions.addEncoded(row.positions);
    return positions;
  }
}

/**
 * One statement for all blocks: starting one takes as long as what it does in a block. The order of the
 * tables is fixed (CROSS JOIN), so that it goes from block to block, newest first.
 */
function inAllBlocks(condition: string): string {
  return `SELECT first, positions FROM search_blocks CROSS JOIN search_terms
    ON block = first AND ${condition} ORDER BY first DESC`;
}
