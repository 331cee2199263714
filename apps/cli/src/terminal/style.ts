/** Emphasis for terminals; every meaning is also in the words, so that plain text loses nothing. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly warning: (text: string) => string;
}

const plain = (text: string): string => text;
const sgr =
  (open: number, close: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;

export const PLAIN: Style = { bold: plain, dim: plain, accent: plain, warning: plain };
const COLOURED: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  accent: sgr(36, 39),
  warning: sgr(33, 39),
};

/** Colour only on terminals, unless NO_COLOR (https://no-color.org) or --no-color says no. */
export function styleFor(
  stream: { isTTY?: boolean },
  wantsColour: boolean,
  env: NodeJS.ProcessEnv,
): Style {
  const refused = !wantsColour || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return stream.isTTY === true && !refused ? COLOURED : PLAIN;
}
