/** What a terminal sends for keys. */
export const KEY = {
  enter: '\r',
  tab: '\t',
  backTab: '\u001b[Z',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
  ctrlC: '\u0003',
} as const;

export const pasted = (text: string): string => `\u001b[200~${text}\u001b[201~`;
