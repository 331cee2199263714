import { BLOCK_SPAN, encodePositions, PositionSet } from './position-set.js';
import type { QueryTerm } from './terms.js';

const MAX_MESSAGES = 2_048;
/** Bounds the memory that a contact's longest and oddest texts can take: about 20 MB. */
const MAX_ENTRIES = 131_072;

/** The newest messages' terms, in memory until there are enough of them to be written as a block. */
export class OpenBlock {
  /** Where in the order of storing it begins. */
  readonly first: number;
  #last: number;
  #messages = 0;
  #entries = 0;
  /** In ascending order each, as messages come. */
  readonly #positions = new Map<string, number[]>();

  constructor(first: number) {
    this.first = first;
    this.#last = first - 1;
  }

  get last(): number {
    return this.#last;
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
      if (positions === undefined) this.#positions.set(term, [sequence - this.first]);
      else positions.push(sequence - this.first);
      this.#entries += 1;
    }
    this.#messages += 1;
    this.#last = sequence;
  }

  remove(sequence: number): void {
    for (const [term, positions] of this.#positions) {
      const at = positions.indexOf(sequence - this.first);
      if (at >= 0) positions.splice(at, 1);
      if (positions.length === 0) this.#positions.delete(term);
    }
  }

  find({ term, isPrefix }: QueryTerm): PositionSet {
    if (!isPrefix) return PositionSet.of(this.#positions.get(term) ?? []);
    const found = PositionSet.empty();
    for (const [each, positions] of this.#positions) {
      if (each.startsWith(term)) for (const position of positions) found.add(position);
    }
    return found;
  }

  /** In the order of the file, so that writing it goes through the file once. */
  *rows(): Generator<readonly [term: string, positions: Buffer]> {
    const terms = [...this.#positions.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    for (const term of terms) {
      yield [term, encodePositions(this.#positions.get(term) ?? [])];
    }
  }
}
