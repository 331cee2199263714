import type { ContactKeys } from '../contact-keys.js';
import type { GroupCommit } from '../group-commit.js';
import {
  MESSAGE_QUERY,
  messageFromRow,
  type MessageRow,
  type StoredMessage,
} from '../message-row.js';
import type { Database, Statement } from '../sqlite.js';
import { fold } from './fold.js';
import { contactTerm } from './message-terms.js';
import type { FoundInBlock } from './position-set.js';
import type { SearchIndex } from './search-index.js';
import { type Snippet, snippetOf } from './snippet.js';
import { parseQuery, type Query } from './terms.js';

/** What is looked for, and how much of what is found is wanted. */
export interface SearchOptions {
  /**
   * All words of it are wanted, each as the beginning of a word; case, accents and width do not count.
   * Words of scripts without spaces (Chinese, Japanese, Thai and others) are found wherever they stand.
   */
  readonly query: string;
  /** Within the conversation with this contact only. */
  readonly contact?: Uint8Array | undefined;
  readonly limit: number;
  /** So many of the newest matches are left out. */
  readonly offset?: number | undefined;
}

/** A message that was found. */
export interface SearchMatch {
  readonly message: StoredMessage;
  readonly snippet: Snippet;
}

/** What was found. */
export interface SearchResult {
  /** Newest first, in the order of storing. */
  readonly matches: readonly SearchMatch[];
  /** How many there are in all. */
  readonly total: number;
  /** False if there are so many that some were counted without a second look: `total` may be too high. */
  readonly isTotalExact: boolean;
}

/** Texts are read a second time where their terms say too little, but for counting only so many of them. */
const MAX_READ_FOR_COUNT = 2_000;
/** How long the event loop waits for reading them. */
const SLICE_MS = 8;

const NOTHING: SearchResult = { matches: [], total: 0, isTotalExact: true };

/** Finds messages by their words, in any script. */
export class MessageSearch {
  readonly #commits: GroupCommit;
  readonly #index: SearchIndex;
  readonly #keys: ContactKeys;
  readonly #text: Statement<[number], { text: string }>;
  readonly #messages: Statement<[string], MessageRow>;

  constructor(
    database: Database,
    parts: { commits: GroupCommit; keys: ContactKeys; index: SearchIndex },
  ) {
    this.#commits = parts.commits;
    this.#keys = parts.keys;
    this.#index = parts.index;
    this.#text = database.prepare('SELECT text FROM messages WHERE sequence = ?');
    this.#messages = database.prepare(
      `${MESSAGE_QUERY} WHERE sequence IN (SELECT value FROM json_each(?)) ORDER BY sequence DESC`,
    );
  }

  /**
   * Everything is searched that was stored before the call. The first search after much was stored
   * takes longer: it finishes the index first. @throws HistoryError
   */
  async find(options: SearchOptions): Promise<SearchResult> {
    const query = parseQuery(options.query);
    while (this.#commits.read(() => this.#index.backlog) > 0) await this.#index.catchUp();
    return this.#find(query, options);
  }

  /** Brings the index up to date, as the next search would. @throws HistoryError */
  prepare(): Promise<void> {
    return this.#index.catchUp();
  }

  async #find(query: Query, options: SearchOptions): Promise<SearchResult> {
    const terms = [...query.terms];
    if (terms.length === 0) return NOTHING;
    if (options.contact !== undefined) {
      const { contact } = options;
      const key = this.#commits.read(() => this.#keys.of(contact));
      if (key === undefined) return NOTHING;
      terms.push(contactTerm(key));
    }
    const page = new Page(options.offset ?? 0, options.limit);
    let read = 0;
    let isTotalExact = true;
    for (const block of this.#commits.read(() => this.#index.find(terms))) {
      if (query.runs.length > 0) {
        if (page.isFull && read >= MAX_READ_FOR_COUNT) isTotalExact = false;
        else {
          read += block.positions.size;
          await this.#keepWithRuns(block, query.runs);
        }
      }
      page.add(block);
    }
    const sequences = JSON.stringify(page.sequences);
    const matches = this.#commits
      .read(() => this.#messages.all(sequences))
      .map(messageFromRow)
      .map((message) => ({ message, snippet: snippetOf(message.text, query.parts) }));
    return { matches, total: page.total, isTotalExact };
  }

  /** A peer decides how long the texts are: others have their turn in between. */
  async #keepWithRuns({ first, positions }: FoundInBlock, runs: readonly string[]): Promise<void> {
    let sliceEnds = performance.now() + SLICE_MS;
    for (const position of positions.newestFirst()) {
      const text = this.#commits.read(() => this.#text.get(first + position)?.text ?? '');
      const folded = fold(text);
      if (!runs.every((run) => folded.includes(run))) positions.delete(position);
      if (performance.now() < sliceEnds) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnds = performance.now() + SLICE_MS;
    }
  }
}

/** Counts what is found, and keeps what is on the page. */
class Page {
  readonly sequences: number[] = [];
  #total = 0;
  readonly #offset: number;
  readonly #limit: number;

  constructor(offset: number, limit: number) {
    this.#offset = offset;
    this.#limit = limit;
  }

  get total(): number {
    return this.#total;
  }

  get isFull(): boolean {
    return this.sequences.length >= this.#limit;
  }

  add({ first, positions }: FoundInBlock): void {
    const { size } = positions;
    if (!this.isFull && this.#total + size > this.#offset) {
      let place = this.#total;
      for (const position of positions.newestFirst()) {
        if (place >= this.#offset && !this.isFull) this.sequences.push(first + position);
        place += 1;
      }
    }
    this.#total += size;
  }
}
