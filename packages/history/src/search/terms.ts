import { fold } from './fold.js';

/**
 * What a folded text consists of, for searching:
 *
 * - a run of a script that puts no spaces between words. Where a word begins in it depends on its
 *   neighbours (and on who asks: `Intl.Segmenter` cuts one and the same word differently from one
 *   sentence to the next), so a run is found by its pairs of characters instead;
 * - a word of any other script: letters, marks and digits;
 * - a sign: an emoji, a flag, a currency.
 */
const PARTS =
  /(?<run>[[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Yi}]&&[\p{L}\p{N}\p{M}]]+)|(?<word>[[\p{L}\p{N}\p{M}]--[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Yi}]]+)|(?<sign>\p{RI}{2}|\p{Extended_Pictographic}|\p{Sc})/gv;

export interface TextPart {
  readonly kind: 'run' | 'word' | 'sign';
  readonly text: string;
  /** Where it begins in the folded text. */
  readonly at: number;
}

/** Words are told apart by this many characters; what comes after is not compared. */
const MAX_WORD_LENGTH = 64;
/** More words than this in a query are not looked at. */
const MAX_QUERY_PARTS = 32;

/** A beginning of one or two characters belongs to so many words that it has a term of its own. */
const SHORT_PREFIX = '~';

const ONLY_ASCII = /^\p{ASCII}*$/v;
const ASCII_PARTS = /[a-z0-9]+|\$/g;

export function partsOf(folded: string): TextPart[] {
  const parts: TextPart[] = [];
  // Half of what people write, in a third of the time.
  if (ONLY_ASCII.test(folded)) {
    for (const { 0: whole, index: at } of folded.matchAll(ASCII_PARTS)) {
      const kind = whole === '$' ? 'sign' : 'word';
      parts.push({ kind, text: whole.slice(0, MAX_WORD_LENGTH), at });
    }
    return parts;
  }
  for (const match of folded.matchAll(PARTS)) {
    const kind = match.groups?.['run'] ? 'run' : match.groups?.['word'] ? 'word' : 'sign';
    const [whole] = match;
    const text = kind === 'word' && whole.length > MAX_WORD_LENGTH ? cut(whole) : whole;
    parts.push({ kind, text, at: match.index });
  }
  return parts;
}

/** All terms under which a text is found. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  for (const part of partsOf(fold(text))) {
    switch (part.kind) {
      case 'sign':
        terms.add(part.text);
        break;
      case 'word': {
        terms.add(part.text);
        const [first = '', second = ''] = part.text;
        terms.add(SHORT_PREFIX + first);
        terms.add(SHORT_PREFIX + first + second);
        break;
      }
      case 'run':
        for (const character of part.text) terms.add(SHORT_PREFIX + character);
        for (const pair of pairsOf(part.text)) terms.add(pair);
        break;
    }
  }
  return terms;
}

/** What a term of a query asks for. */
export interface QueryTerm {
  readonly term: string;
  /** Any term that begins so will do. */
  readonly isPrefix: boolean;
}

export interface Query {
  /** All of them are wanted. Empty: the query has nothing that could be searched for. */
  readonly terms: readonly QueryTerm[];
  /** Runs of which the terms say too little: they have to be in the folded text as they are. */
  readonly runs: readonly string[];
  readonly parts: readonly TextPart[];
}

/** Every word of a query is the beginning of a word that is wanted; every run is wanted as it is. */
export function parseQuery(text: string): Query {
  const parts = partsOf(fold(text)).slice(0, MAX_QUERY_PARTS);
  const terms = new Map<string, QueryTerm>();
  const want = (term: string, isPrefix: boolean): void => {
    terms.set(term, { term, isPrefix });
  };
  for (const part of parts) {
    const characters = Array.from(part.text);
    if (part.kind === 'sign') want(part.text, false);
    else if (part.kind === 'run') {
      if (characters.length === 1) want(SHORT_PREFIX + part.text, false);
      for (const pair of pairsOf(part.text)) want(pair, false);
    } else if (characters.length <= 2) want(SHORT_PREFIX + part.text, false);
    else want(part.text, true);
  }
  const runs = parts
    .filter(({ kind, text: run }) => kind === 'run' && Array.from(run).length > 2)
    .map((part) => part.text);
  return { terms: [...terms.values()], runs, parts };
}

function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  return characters.slice(1).map((character, index) => (characters[index] ?? '') + character);
}

/** Not within a pair of surrogates, half of which has no form in the file. */
function cut(word: string): string {
  return word.slice(0, MAX_WORD_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
}
