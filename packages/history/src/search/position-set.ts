/** How far apart the first and the last message of a block may be, in the order of storing. */
export const BLOCK_SPAN = 16_384;

const WORD_BITS = 32;
const LIST = 0;
const BITMAP = 1;

/**
 * Positions of messages within a block, one bit each. In the file it is whichever is shorter of a list
 * of 16-bit numbers and the bits themselves.
 */
export class PositionSet {
  readonly #words: Uint32Array;

  private constructor(words: Uint32Array) {
    this.#words = words;
  }

  static empty(): PositionSet {
    return new PositionSet(new Uint32Array(BLOCK_SPAN / WORD_BITS));
  }

  static of(positions: Iterable<number>): PositionSet {
    const set = PositionSet.empty();
    for (const position of positions) set.add(position);
    return set;
  }

  add(position: number): void {
    this.#words[position >>> 5] = (this.#words[position >>> 5] ?? 0) | (1 << (position & 31));
  }

  delete(position: number): void {
    this.#words[position >>> 5] = (this.#words[position >>> 5] ?? 0) & ~(1 << (position & 31));
  }

  /** Adds what `encode` gave. */
  addEncoded(bytes: Uint8Array): void {
    if (bytes[0] === LIST) {
      for (let at = 1; at + 1 < bytes.length; at += 2) {
        this.add((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
      }
      return;
    }
    for (let at = 1; at < bytes.length; at += 1) {
      const word = (at - 1) >>> 2;
      const shift = ((at - 1) & 3) * 8;
      this.#words[word] = (this.#words[word] ?? 0) | ((bytes[at] ?? 0) << shift);
    }
  }

  keepOnly(other: PositionSet): void {
    // A loop, and not a callback for each word: every block of a search passes here.
    for (let index = 0; index < this.#words.length; index += 1) {
      this.#words[index] = (this.#words[index] ?? 0) & (other.#words[index] ?? 0);
    }
  }

  remove(other: PositionSet): void {
    this.#words.forEach((word, index) => {
      this.#words[index] = word & ~(other.#words[index] ?? 0);
    });
  }

  addAll(other: PositionSet): void {
    this.#words.forEach((word, index) => {
      this.#words[index] = word | (other.#words[index] ?? 0);
    });
  }

  get size(): number {
    let size = 0;
    for (const word of this.#words) {
      let bits = word - ((word >>> 1) & 0x5555_5555);
      bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
      size += Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
    }
    return size;
  }

  get isEmpty(): boolean {
    for (const word of this.#words) if (word !== 0) return false;
    return true;
  }

  /** Highest first, which is newest first. */
  *newestFirst(): Generator<number> {
    for (let index = this.#words.length - 1; index >= 0; index -= 1) {
      let word = this.#words[index] ?? 0;
      while (word !== 0) {
        const bit = 31 - Math.clz32(word);
        yield index * WORD_BITS + bit;
        word &= ~(1 << bit);
      }
    }
  }

  encode(): Buffer {
    return encodePositions([...this.newestFirst()].toReversed());
  }
}

/** Messages of one block that answer a question: `first` is the place of position 0. */
export interface FoundInBlock {
  readonly first: number;
  readonly positions: PositionSet;
}

/** Positions in ascending order as they are in the file. */
export function encodePositions(positions: readonly number[]): Buffer {
  const bitmapBytes = ((positions.at(-1) ?? 0) >>> 3) + 1;
  if (positions.length * 2 <= bitmapBytes) {
    const list = Buffer.allocUnsafe(1 + positions.length * 2);
    list[0] = LIST;
    let at = 1;
    for (const position of positions) at = list.writeUInt16LE(position, at);
    return list;
  }
  const bitmap = Buffer.alloc(1 + bitmapBytes);
  bitmap[0] = BITMAP;
  for (const position of positions) {
    const at = 1 + (position >>> 3);
    bitmap[at] = (bitmap[at] ?? 0) | (1 << (position & 7));
  }
  return bitmap;
}
