import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from '../src/terminal/width.js';

// What stands for the package `string-width` in the bundle: Ink measures with it what this program has laid
// out by its own widths, so that the two agree, and the package's expressions over all emoji, which take
// 100 ms to compile, are not loaded.

const PRINTABLE = /^[\x20-\x7e]*$/;
const CONTROLS = /\p{Cc}/gu;

/** The columns that a text takes, without its escape sequences. */
export default function stringWidth(text: string): number {
  if (PRINTABLE.test(text)) return text.length;
  return displayWidth(stripVTControlCharacters(text).replaceAll(CONTROLS, ''));
}
