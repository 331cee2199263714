// Columns, not characters: tables and wrapping go wrong otherwise. Ranges after Unicode's
// EastAsianWidth.txt (W and F), without the assignments that terminals do not agree on.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2fb}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const NARROW = /^[\x20-\x7e]*$/;
/** Made when it is first needed: most runs print nothing but ASCII, and it takes a moment to make. */
let graphemes: Intl.Segmenter | undefined;

/** What a reader takes for one character each. */
export function splitGraphemes(text: string): string[] {
  if (NARROW.test(text)) return text.split('');
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/** The columns that one grapheme takes on a terminal: 0, 1 or 2. */
function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/**
 * The most columns that a grapheme takes on any terminal: many draw the parts of a joined emoji one
 * after the other. For text that must not reach the edge, whoever wrote it.
 */
export function widestGraphemeWidth(grapheme: string): number {
  if (grapheme.length === 1) return graphemeWidth(grapheme);
  const apart = Array.from(grapheme).reduce((sum, part) => sum + graphemeWidth(part), 0);
  // A sign that a selector makes an emoji is wider than its parts.
  return Math.max(apart, graphemeWidth(grapheme));
}

/** The columns that a text without control characters takes on a terminal. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  return splitGraphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** The beginning of a text, with `...` at its end if it needs more columns than there are. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const grapheme of splitGraphemes(text)) {
    width += graphemeWidth(grapheme);
    if (width > columns - 3) break;
    kept += grapheme;
  }
  return `${kept}...`;
}
