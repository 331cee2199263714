import type { OutputStream } from '../terminal/terminal.js';
import { renderQr } from '../terminal/qr.js';
import type { Style } from '../terminal/style.js';
import { displayWidth } from '../terminal/width.js';

/** What stays free below the code: the invite itself, a prompt, and some air. */
const ROWS_BELOW = 1;

/**
 * An invite as a QR code, where the terminal can show all of it at once: half a code is of no use.
 * Upper case says the same (Spec 0.7) and makes a smaller code.
 */
export async function inviteQr(
  invite: string,
  screen: Pick<OutputStream, 'columns' | 'rows'>,
  style: Style,
): Promise<string[]> {
  const { columns = 0, rows = 0 } = screen;
  const plain = await renderQr(invite.toUpperCase());
  const width = Math.max(...plain.map(displayWidth));
  if (width > columns || plain.length + ROWS_BELOW > rows) {
    return [
      `(A QR code needs a window of ${width} columns and ${plain.length + ROWS_BELOW} rows.)`,
    ];
  }
  return ['', ...(await renderQr(invite.toUpperCase(), style))];
}
