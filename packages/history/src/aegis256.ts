// AEGIS-256 (draft-irtf-cfrg-aegis-aead), for checking single pages of a damaged file. Only that: table
// look-ups take a time that depends on the key, so nothing else may use it.

const C0 = [0x02010100, 0x0d080503, 0x59372215, 0x6279e990];
const C1 = [0x55183ddb, 0xf12fc26d, 0x42311120, 0xdd28b573];
const TAG_BYTES = 32;

const TABLES = makeTables();

/** Six blocks of four little-endian words. */
class State {
  readonly #words = new Uint32Array(24);
  readonly #next = new Uint32Array(24);

  constructor(key: Uint32Array, nonce: Uint32Array) {
    const mixed = key.map((word, index) => word ^ (nonce[index] ?? 0));
    this.#words.set(mixed, 0);
    this.#words.set(C1, 8);
    this.#words.set(C0, 12);
    this.#words.set(
      key.map((word, index) => word ^ ([...C0, ...C1][index] ?? 0)),
      16,
    );
    for (let times = 0; times < 4; times += 1) {
      for (const block of [key, mixed]) {
        this.update(block.subarray(0, 4));
        this.update(block.subarray(4, 8));
      }
    }
  }

  update(message: Uint32Array): void {
    const before = this.#words;
    const after = this.#next;
    for (let at = 0; at < 24; at += 1) {
      const from = at < 4 ? 20 : (at & ~3) - 4;
      after[at] =
        aesColumn(before, from, at & 3) ^ (before[at] ?? 0) ^ (at < 4 ? (message[at] ?? 0) : 0);
    }
    before.set(after);
  }

  /** What a block is combined with. */
  keystream(out: Uint32Array): void {
    for (let word = 0; word < 4; word += 1) {
      out[word] =
        this.#word(1, word) ^
        this.#word(4, word) ^
        this.#word(5, word) ^
        (this.#word(2, word) & this.#word(3, word));
    }
  }

  tag(messageBytes: number): Uint8Array {
    const lengths = new Uint32Array([0, 0, messageBytes * 8, 0]);
    const block = lengths.map((length, word) => length ^ this.#word(3, word));
    for (let times = 0; times < 7; times += 1) this.update(block);
    const tag = new Uint32Array(8);
    for (let word = 0; word < 4; word += 1) {
      tag[word] = this.#word(0, word) ^ this.#word(1, word) ^ this.#word(2, word);
      tag[word + 4] = this.#word(3, word) ^ this.#word(4, word) ^ this.#word(5, word);
    }
    return bytesOf(tag);
  }

  #word(block: number, word: number): number {
    return this.#words[block * 4 + word] ?? 0;
  }
}

/** The first bytes of the stream that a key and a nonce give, both of 32 bytes. */
export function aegisStream(key: Uint8Array, nonce: Uint8Array, length: number): Uint8Array {
  const state = new State(wordsOf(key), wordsOf(nonce));
  const out = new Uint32Array(length / 4);
  const zero = new Uint32Array(4);
  for (let at = 0; at < out.length; at += 4) {
    state.keystream(out.subarray(at, at + 4));
    state.update(zero);
  }
  return bytesOf(out);
}

/** The plaintext, or undefined if the tag does not belong to it. A ciphertext here is a number of whole words. */
export function aegisOpen(options: {
  key: Uint8Array;
  nonce: Uint8Array;
  ciphertext: Uint8Array;
  tag: Uint8Array;
}): Uint8Array | undefined {
  const { ciphertext } = options;
  const state = new State(wordsOf(options.key), wordsOf(options.nonce));
  const words = wordsOf(ciphertext);
  const keystream = new Uint32Array(4);
  const block = new Uint32Array(4);
  for (let at = 0; at < words.length; at += 4) {
    state.keystream(keystream);
    for (let word = 0; word < 4; word += 1) {
      // What is missing of the last block counts as zero in the plaintext.
      const isInside = at + word < words.length;
      const plain = isInside ? (words[at + word] ?? 0) ^ (keystream[word] ?? 0) : 0;
      block[word] = plain;
      if (isInside) words[at + word] = plain;
    }
    state.update(block);
  }
  const tag = state.tag(ciphertext.length);
  const isRight =
    options.tag.length === TAG_BYTES && tag.every((byte, index) => byte === options.tag[index]);
  return isRight ? bytesOf(words) : undefined;
}

/** One column of a round: SubBytes, ShiftRows and MixColumns of the block that begins at `from`. */
function aesColumn(words: Uint32Array, from: number, column: number): number {
  return (
    (TABLES[(words[from + column] ?? 0) & 0xff] ?? 0) ^
    (TABLES[0x100 | (((words[from + ((column + 1) & 3)] ?? 0) >>> 8) & 0xff)] ?? 0) ^
    (TABLES[0x200 | (((words[from + ((column + 2) & 3)] ?? 0) >>> 16) & 0xff)] ?? 0) ^
    (TABLES[0x300 | ((words[from + ((column + 3) & 3)] ?? 0) >>> 24)] ?? 0)
  );
}

/** SubBytes and MixColumns of one byte, for each of the four rows. */
function makeTables(): Uint32Array {
  const tables = new Uint32Array(1_024);
  // Along the powers of 3 and of its inverse: p times q is always 1.
  let p = 1;
  let q = 1;
  const set = (byte: number, substitute: number): void => {
    const twice = double(substitute);
    const word = twice | (substitute << 8) | (substitute << 16) | ((twice ^ substitute) << 24);
    for (let row = 0; row < 4; row += 1) {
      tables[(row << 8) | byte] = (word << (row * 8)) | (row === 0 ? 0 : word >>> (32 - row * 8));
    }
  };
  do {
    p ^= double(p);
    q ^= q << 1;
    q ^= q << 2;
    q ^= q << 4;
    q &= 0xff;
    if (q & 0x80) q ^= 0x09;
    const rotate = (by: number): number => (q << by) | (q >>> (8 - by));
    set(p, (q ^ rotate(1) ^ rotate(2) ^ rotate(3) ^ rotate(4) ^ 0x63) & 0xff);
  } while (p !== 1);
  set(0, 0x63);
  return tables;
}

/** By x in the field of AES. */
function double(byte: number): number {
  return ((byte << 1) ^ (byte & 0x80 ? 0x11b : 0)) & 0xff;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Uint32Array(bytes.length / 4);
  for (let word = 0; word < words.length; word += 1) words[word] = view.getUint32(word * 4, true);
  return words;
}

function bytesOf(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [word, value] of words.entries()) view.setUint32(word * 4, value, true);
  return bytes;
}
