import { eastAsianWidth } from 'get-east-asian-width';

// Columns, not characters: tables and wrapping go wrong otherwise.

/** Unicode calls them narrow, or has nothing there; C libraries or terminals draw them over two columns. */
const WIDE_FOR_SOME =
  /[\u2e80-\u2fff\u3248-\u324f\ua48d-\ua4c6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f2ff}]|\p{Emoji_Presentation}/u;
/** Signs that a selector turns into pictures of two columns, and some terminals without one. */
const PICTURE = /\p{Extended_Pictographic}/u;
/** Format characters that are drawn, as the Arabic sign of a number around its digits, are not among them. */
const INVISIBLE = /^[\p{Mn}\p{Me}[\p{Cf}&&\p{Default_Ignorable_Code_Point}&&[^\u00ad]]]+$/v;
const EMOJI_STYLE = '\ufe0f';
const NARROW = /^[\x20-\x7e]*$/;
/** Made when it is first needed: most runs print nothing but ASCII, and it takes a moment to make. */
let graphemes: Intl.Segmenter | undefined;

/** What a reader takes for one character each. */
export function splitGraphemes(text: string): string[] {
  if (NARROW.test(text)) return text.split('');
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/**
 * The columns that a text without control characters takes on a terminal that draws each grapheme as one,
 * as new ones do: for what shall stand below each other.
 */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  return splitGraphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return grapheme.includes(EMOJI_STYLE) || Array.from(grapheme).some(isWide) ? 2 : 1;
}

/**
 * The most columns that the parts of a text take when each is drawn for itself, as many terminals do, and
 * as wide as any table of widths since Unicode 14 has it: for what must not reach the edge, whoever wrote
 * it. A terminal that was told to draw ambiguous characters over two columns takes more.
 */
export function widestWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  return partsOf(text).reduce((sum, part) => sum + widestPartWidth(part), 0);
}

/** Characters, each with the selector behind it that makes it a picture. */
export function partsOf(text: string): readonly string[] {
  return text.match(/.\ufe0f?/gsu) ?? [];
}

/** The most columns that one of these parts takes: 0, 1 or 2. */
export function widestPartWidth(part: string): 0 | 1 | 2 {
  // Asked first: of a mark that is written over wide letters, some tables say that it is wide itself.
  if (isWide(part)) return 2;
  if (INVISIBLE.test(part)) return 0;
  return part.endsWith(EMOJI_STYLE) || PICTURE.test(part) ? 2 : 1;
}

function isWide(character: string): boolean {
  return eastAsianWidth(character.codePointAt(0) ?? 0) === 2 || WIDE_FOR_SOME.test(character);
}
