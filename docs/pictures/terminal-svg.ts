// What an emulated terminal shows, as a picture that needs no font of its own: runs of text at the places of their cells.
import type { IBufferCell, Terminal } from '@xterm/headless';

const CELL = { width: 8.4, height: 18 };
const PADDING = 14;
const FONT = 'ui-monospace, Menlo, Consolas, monospace';
const FOREGROUND = '#d8dee4';
const BACKGROUND = '#16191d';
/** The sixteen colours, which every terminal has its own tones for. */
const PALETTE = (
  '#16191d #e06c75 #8fc379 #e0b266 #61a5e8 #c07adb #56b6c2 #c8ccd2 ' +
  '#7a828c #ef8790 #a6d78f #f0c77d #82bcf5 #d397ea #74cdd8 #ffffff'
).split(' ');

interface Run {
  readonly column: number;
  readonly look: string;
  text: string;
  cells: number;
}

/** The screen as SVG. */
export function terminalSvg(terminal: Terminal): string {
  const { active } = terminal.buffer;
  const width = terminal.cols * CELL.width + 2 * PADDING;
  const height = terminal.rows * CELL.height + 2 * PADDING;
  const rows = Array.from({ length: terminal.rows }, (_, row) =>
    rowOf(terminal, active.baseY + row, row),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="${FONT}" font-size="14" fill="${FOREGROUND}">`,
    ...rows.flat(),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function rowOf(terminal: Terminal, line: number, row: number): readonly string[] {
  const cells = terminal.buffer.active.getLine(line);
  const runs: Run[] = [];
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = cells?.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const text = cell.getChars() || ' ';
    const look = lookOf(cell);
    const last = runs.at(-1);
    if (last !== undefined && last.look === look && last.column + last.cells === column) {
      last.text += text;
      last.cells += cell.getWidth();
    } else runs.push({ column, look, text, cells: cell.getWidth() });
  }
  return runs.flatMap((run) => drawn(run, row));
}

/** Colour, background, weight and strength, as one string that is compared. */
function lookOf(cell: IBufferCell): string {
  const [ink, paper] = [
    cell.isFgPalette() ? PALETTE[cell.getFgColor()] : FOREGROUND,
    cell.isBgPalette() ? PALETTE[cell.getBgColor()] : undefined,
  ];
  const [fill, behind] = cell.isInverse() !== 0 ? [paper ?? BACKGROUND, ink] : [ink, paper];
  return JSON.stringify({
    fill: fill ?? FOREGROUND,
    behind,
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
  });
}

function drawn({ column, look, text, cells }: Run, row: number): readonly string[] {
  const { fill, behind, isBold, isDim, isUnderlined } = JSON.parse(look) as {
    fill: string;
    behind?: string;
    isBold: boolean;
    isDim: boolean;
    isUnderlined: boolean;
  };
  const x = PADDING + column * CELL.width;
  const top = PADDING + row * CELL.height;
  const width = cells * CELL.width;
  const paper =
    behind === undefined
      ? []
      : [`<rect x="${x}" y="${top}" width="${width}" height="${CELL.height}" fill="${behind}"/>`];
  if (text.trim() === '') return paper;
  const attributes = [
    `x="${x}" y="${top + 13.5}" textLength="${width}" lengthAdjust="spacingAndGlyphs"`,
    ...(fill === FOREGROUND ? [] : [`fill="${fill}"`]),
    ...(isBold ? ['font-weight="bold"'] : []),
    ...(isDim ? ['opacity="0.6"'] : []),
    ...(isUnderlined ? ['text-decoration="underline"'] : []),
  ];
  return [...paper, `<text ${attributes.join(' ')}>${escaped(text)}</text>`];
}

function escaped(text: string): string {
  // Blanks that are not kept apart are drawn as one, and as none at the ends.
  return text
    .replaceAll(' ', '\u00A0')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
