import { fittingQr } from '../terminal/fitting-qr.js';
import type { Style } from '../terminal/style.js';
import type { OutputStream } from '../terminal/terminal.js';

/** An invite as a QR code. Upper case says the same (Spec 0.7) and makes a smaller code. */
export async function inviteQr(
  invite: string,
  screen: Pick<OutputStream, 'columns' | 'rows'>,
  style: Style,
): Promise<string[]> {
  return fittingQr(invite.toUpperCase(), screen, style);
}
