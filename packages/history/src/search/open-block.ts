import { BLOCK_SPAN, encodePositions, type FoundInBlock, PositionSet } from './position-set.js';
import type { QueryTerm } from './terms.js';

const MAX_MESSAGES = 8_192;
/** Bounds the memory that a contact's longest and oddest texts can take: about 30 MB. */
const MAX_ENTRIES = 524_288;
/** Terms that are looked for by a beginning are at least so long; shorter beginnings are terms themselves. */
const BUCKET_LENGTH = 3;

/** The newest messages' terms, in memory until there are enough of them to be written as a block. */
export class OpenBlock {
  /** Where in the order of storing it begins. */
  readonly first: number;
  #last: number;
  #messages = 0;
  #entries = 0;
  /** In ascending order each, as messages come. */
  readonly #positions = new Map<string, number[]>();
  /** Terms by their first three code units. */
  readonly #buckets = new Map<string, string[]>();
  #removals = 0;

  constructor(first: number) {
    this.first = first;
    this.#last = first - 1;
  }

  get last(): number {
    return this.#last;
  }

  /** How often something was taken out of it. */
  get removals(): number {
    return this.#removals;
  }

  isFullBefore(sequence: number): boolean {
    return (
      this.#messages >= MAX_MESSAGES ||
      this.#entries >= MAX_ENTRIES ||
      sequence - this.first >= BLOCK_SPAN
    );
  }

  add(sequence: number, terms: Iterable<string>): void {
    for (const term of terms) {
      const positions = this.#positions.get(term);
      if (positions === undefined) this.#addTerm(term, sequence - this.first);
      else positions.push(sequence - this.first);
      this.#entries += 1;
    }
    this.#messages += 1;
    this.#last = sequence;
  }

  /** In one pass over its terms, however many they are. False if it has none of them. */
  remove(sequences: readonly number[]): boolean {
    const here = sequences.filter((sequence) => sequence >= this.first && sequence <= this.#last);
    if (here.length === 0) return false;
    this.#removals += 1;
    const removed = new Set(here.map((sequence) => sequence - this.first));
    for (const [term, positions] of this.#positions) {
      if (!positions.some((position) => removed.has(position))) continue;
      const rest = positions.filter((position) => !removed.has(position));
      if (rest.length === 0) this.#positions.delete(term);
      else this.#positions.set(term, rest);
    }
    return true;
  }

  /** What has all of these terms. */
  find(terms: readonly QueryTerm[]): FoundInBlock {
    let positions: PositionSet | undefined;
    for (const term of terms) {
      const found = this.#find(term);
      if (positions === undefined) positions = found;
      else positions.keepOnly(found);
    }
    return { first: this.first, positions: positions ?? PositionSet.empty() };
  }

  /** In the order of the file, so that writing it goes through the file once. */
  *rows(): Generator<readonly [term: string, positions: Buffer]> {
    const terms = [...this.#positions.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    for (const term of terms) {
      yield [term, encodePositions(this.#positions.get(term) ?? [])];
    }
  }

  #find({ term, isPrefix }: QueryTerm): PositionSet {
    if (!isPrefix) return PositionSet.of(this.#positions.get(term) ?? []);
    const found = PositionSet.empty();
    for (const each of this.#buckets.get(term.slice(0, BUCKET_LENGTH)) ?? []) {
      if (!each.startsWith(term)) continue;
      for (const position of this.#positions.get(each) ?? []) found.add(position);
    }
    return found;
  }

  #addTerm(term: string, position: number): void {
    this.#positions.set(term, [position]);
    const bucket = term.slice(0, BUCKET_LENGTH);
    const terms = this.#buckets.get(bucket);
    if (terms === undefined) this.#buckets.set(bucket, [term]);
    else terms.push(term);
  }
}
