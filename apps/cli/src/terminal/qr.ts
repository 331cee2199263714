import { PLAIN, type Style } from './style.js';

/**
 * A QR code of half blocks. Scanners want dark on light: where colour is allowed the code brings its
 * own black and white, elsewhere it is drawn for the usual light text on a dark ground.
 */
export async function renderQr(text: string, style: Style = PLAIN): Promise<string[]> {
  const { renderUnicodeCompact } = await import('uqr');
  const rows = renderUnicodeCompact(text, { border: 2 }).split('\n');
  return style === PLAIN ? rows : rows.map((row) => `\u001b[97;40m${row}\u001b[0m`);
}
