import { renderQr } from './qr.js';
import type { Style } from './style.js';
import type { OutputStream } from './terminal.js';
import { displayWidth } from './width.js';

/** What stays free below the code: a prompt, and some air. */
const ROWS_BELOW = 1;

/** A QR code, where the terminal can show all of it at once: half a code is of no use. */
export async function fittingQr(
  text: string,
  screen: Pick<OutputStream, 'columns' | 'rows'>,
  style: Style,
): Promise<string[]> {
  const { columns = 0, rows = 0 } = screen;
  const plain = await renderQr(text);
  const width = Math.max(...plain.map(displayWidth));
  if (width > columns || plain.length + ROWS_BELOW > rows) {
    return [
      `(A QR code needs a window of ${width} columns and ${plain.length + ROWS_BELOW} rows.)`,
    ];
  }
  return ['', ...(await renderQr(text, style))];
}
