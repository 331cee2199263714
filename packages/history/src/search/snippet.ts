import { fold } from './fold.js';
import { partsOf, type TextPart } from './terms.js';

/** A piece of a message around what was found in it, on one line. */
export interface Snippet {
  readonly text: string;
  /** What was found, as pairs of offsets into `text`, in UTF-16 code units: the first, and the one after the last. */
  readonly highlights: readonly (readonly [start: number, end: number])[];
}

const BEFORE_CHARACTERS = 40;
const AFTER_CHARACTERS = 120;
/** Long texts are looked through in pieces of this many code units. */
const PIECE_LENGTH = 1_024;
const ELLIPSIS = '…';

const SPACE = /^[\s\p{Cc}]+$/v;

/** Every character of it is one code unit, and stays one when it is folded. */
const PLAIN = /^[\x20-\x7E\n]*$/;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A snippet of a text that the parts of a query were found in. */
export function snippetOf(text: string, wanted: readonly TextPart[]): Snippet {
  const [start, end] = placeOf(text, wanted);
  const shown = charactersOf(text.slice(start, end));
  const found = foundIn(shown, wanted);
  const firstFound = Math.max(0, found.indexOf(true));
  const from = Math.max(0, firstFound - BEFORE_CHARACTERS);
  const to = Math.min(shown.length, firstFound + AFTER_CHARACTERS);
  const isCutBefore = start + from > 0;
  const isCutAfter = to < shown.length || end < text.length;
  const line = new Line(isCutBefore ? ELLIPSIS : '');
  for (let at = from; at < to; at += 1) line.add(shown[at] ?? '', found[at] === true);
  return line.end(isCutAfter ? ELLIPSIS : '');
}

/** Puts characters on one line and notes which of them were found. */
class Line {
  #text: string;
  readonly #highlights: [number, number][] = [];

  constructor(begin: string) {
    this.#text = begin;
  }

  add(character: string, isFound: boolean): void {
    const isSpace = SPACE.test(character);
    if (isSpace && (this.#text === '' || this.#text.endsWith(' '))) return;
    const start = this.#text.length;
    this.#text += isSpace ? ' ' : character;
    if (!isFound) return;
    const last = this.#highlights.at(-1);
    if (last?.[1] === start) last[1] = this.#text.length;
    else this.#highlights.push([start, this.#text.length]);
  }

  end(rest: string): Snippet {
    return { text: this.#text + rest, highlights: this.#highlights };
  }
}

/** The surroundings of the first piece of a text that has something of what is wanted. */
function placeOf(text: string, wanted: readonly TextPart[]): [start: number, end: number] {
  for (let start = 0; start < text.length; start += PIECE_LENGTH / 2) {
    const from = whole(text, start);
    const to = whole(text, start + PIECE_LENGTH);
    // The first and last word of a piece may be half of one; the next piece has it whole.
    if (placesIn(fold(text.slice(from, to)), wanted).length > 0) return [from, to];
  }
  return [0, whole(text, PIECE_LENGTH)];
}

/** What a reader takes for one character each. */
function charactersOf(text: string): string[] {
  if (PLAIN.test(text)) return text.split('');
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function foundIn(shown: readonly string[], wanted: readonly TextPart[]): boolean[] {
  let folded = '';
  const starts = shown.map((character) => {
    const at = folded.length;
    folded += fold(character);
    return at;
  });
  const places = placesIn(folded, wanted);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? folded.length;
    // Some characters are nothing when folded: they belong to what is around them.
    return places.some(
      ([from, to]) => start < to && (end > from || (start === end && start > from)),
    );
  });
}

function placesIn(folded: string, wanted: readonly TextPart[]): [start: number, end: number][] {
  const places: [number, number][] = [];
  for (const part of partsOf(folded)) {
    for (const want of wanted) {
      if (want.kind !== part.kind) continue;
      if (want.kind === 'run') {
        for (let at = part.text.indexOf(want.text); at >= 0;) {
          places.push([part.at + at, part.at + at + want.text.length]);
          at = part.text.indexOf(want.text, at + want.text.length);
        }
      } else if (want.kind === 'word' ? part.text.startsWith(want.text) : part.text === want.text) {
        places.push([part.at, part.at + want.text.length]);
      }
    }
  }
  return places;
}

/** Not within a pair of surrogates. */
function whole(text: string, at: number): number {
  const isInside = /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1)) && at > 0;
  return Math.min(text.length, isInside ? at + 1 : at);
}
