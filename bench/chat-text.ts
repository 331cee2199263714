// Messages as long and as various as those of a chat, the same in every run: words by Zipf's law, every tenth message Chinese.
import { SeededRandom } from '../testing/src/seeded-random.ts';

const WORDS = 30_000;
const MEAN_BYTES = 100;
const RESOLUTION = 1 << 24;
/** Frequent characters, from frequent to less. */
const CHARACTERS = Array.from(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运',
);

const LETTERS = 'etaoinshrdlucmfwypvbgkjqxz';

export class ChatText {
  readonly #random: SeededRandom;
  readonly #words: readonly string[];

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    const words = new Set<string>();
    while (words.size < WORDS) {
      // The longer, the later in the list, and so the rarer.
      const length = 2 + Math.floor(Math.log2(1 + words.size / 20)) + this.#random.below(3);
      words.add(Array.from({ length }, () => this.#letter()).join(''));
    }
    this.#words = [...words];
  }

  message(): string {
    const isChinese = this.#random.oneIn(10);
    let text = '';
    while (Buffer.byteLength(text) < MEAN_BYTES - 5 + this.#random.below(10)) {
      text += isChinese ? this.#zipf(CHARACTERS) : `${this.#zipf(this.#words)} `;
    }
    return text.trim();
  }

  /** A word, the more frequent the lower the rank. */
  word(rank: number): string {
    return this.#words[rank] ?? '';
  }

  /** Two characters that often stand together. */
  pair(): string {
    return this.#zipf(CHARACTERS) + this.#zipf(CHARACTERS);
  }

  bytes(length: number): Uint8Array {
    return this.#random.bytes(length);
  }

  #letter(): string {
    return LETTERS.charAt(Math.floor((this.#random.below(51) * this.#random.below(51)) / 100));
  }

  #zipf(from: readonly string[]): string {
    const share = this.#random.below(RESOLUTION) / RESOLUTION;
    return from[Math.floor(from.length ** share) - 1] ?? '';
  }
}
