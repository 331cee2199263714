import { escapeLine } from '../../terminal/escape.js';

/** How a piece of text stands out; every meaning is in the words or marks too. */
export type Tone =
  | 'plain'
  | 'bold'
  | 'dim'
  | 'accent'
  | 'warning'
  /** What has the focus. */
  | 'inverse'
  /** A QR code: scanners want dark on light. */
  | 'code';

declare const escaped: unique symbol;
/** Text that cannot act on a terminal. */
type SafeText = string & { readonly [escaped]: true };

/** A piece of text in one tone. */
export interface Span {
  readonly text: SafeText;
  readonly tone: Tone;
}

/** One row of the screen, left to right. */
export type Line = readonly Span[];

/** The only way to make one, so that nothing unescaped is ever drawn, whoever wrote it. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: escapeLine(text) as SafeText, tone };
}

/** A part of a span is as safe as the whole. */
export function partOf(whole: Span, text: string): Span {
  return { text: text as SafeText, tone: whole.tone };
}
