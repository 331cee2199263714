/** Everything that ends a line, for one program or another. */
const LINE_ENDS = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;

/** Control characters but the tab, what changes the direction of a text beyond its end, and half of a pair. */
const ACTING = /[[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]--[\t\n]]/gv;

/** A peer's text with "\n" as its line ends, and with a mark for each character that does rather than shows something. */
export function harmlessText(text: string): string {
  return text.replace(LINE_ENDS, '\n').replace(ACTING, '\u{FFFD}');
}

/** The same on one line. */
export function harmlessLine(text: string): string {
  return harmlessText(text).replaceAll('\n', ' ');
}

/** Date and time in UTC, to the second. */
export function timeText(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'unknown time';
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
