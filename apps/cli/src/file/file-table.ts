import type { FileInfo } from '@gravy/messenger';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { formatTable } from '../terminal/table.js';
import { formatBytes } from './amounts.js';
import { describeState } from './file-words.js';
import { withoutDash } from './find-file.js';

const HEAD = ['Id', 'Contact', 'Way', 'Name', 'Size', 'State'];
/** Enough of an id to type; a longer beginning does as well. */
const SHORT_ID = 8;

/** Files below each other, newest first; `names` are those of contacts, by id. */
export function formatFiles(
  files: readonly FileInfo[],
  options: { names: ReadonlyMap<string, string>; style: Style; columns?: number | undefined },
): string[] {
  const rows = files.map((file) => [
    shortFileId(file.id),
    escapeLine(options.names.get(file.contact) ?? file.contact),
    file.direction,
    `${escapeLine(file.name)}${file.folder ? '/' : ''}`,
    formatBytes(file.size),
    describeState(file),
  ]);
  return formatTable(HEAD, rows, options.style, options.columns);
}

/** How an id is shown where it is to be typed. */
export function shortFileId(id: string): string {
  const ending = id.endsWith('.in') ? '.in' : '';
  return escapeLine(withoutDash(id).slice(0, SHORT_ID) + ending);
}
