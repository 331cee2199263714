import type { FileInfo, GravyClient } from '@gravy/messenger';
import { CliError } from '../cli-error.js';

/** The most that one call lists. */
export const MAX_LISTED = 500;
/** Of 16 bytes in base64url, and of a file to oneself. */
const WHOLE_ID = /^[\w-]{22}(?:\.in)?$/u;

/**
 * The file that an id means, however old it is, or the beginning of the id of one of the newest.
 * @throws CliError `no_such_file`, `usage`
 */
export async function findFile(gravy: GravyClient, typed: string, next: string): Promise<FileInfo> {
  const wanted = typed.trim();
  const exact = WHOLE_ID.test(wanted) ? await gravy.call('file.list', { id: wanted }) : [];
  const files = exact.length > 0 ? exact : await gravy.call('file.list', { limit: MAX_LISTED });
  return pickFile(files, wanted, next);
}

/** The one of these that an id, or the beginning of one, means. @throws CliError `no_such_file`, `usage` */
export function pickFile(files: readonly FileInfo[], wanted: string, next: string): FileInfo {
  const exact = files.filter(({ id }) => id === wanted);
  const [file, ...others] = exact.length > 0 ? exact : files.filter(beginsWith(wanted));
  if (wanted === '' || file === undefined) {
    throw new CliError('no_such_file', 'No file has that id.', next);
  }
  if (others.length > 0) throw new CliError('usage', 'Several files have such an id.', next);
  return file;
}

/** The received copy of a file to oneself ends with `.in`, also where its id is shortened. */
function beginsWith(wanted: string): (file: FileInfo) => boolean {
  const isCopy = wanted.endsWith('.in');
  const start = withoutDash(isCopy ? wanted.slice(0, -'.in'.length) : wanted);
  return ({ id }) => withoutDash(id).startsWith(start) && id.endsWith('.in') === isCopy;
}

/** A dash in front would make it an option of the command line, so it is neither shown nor needed. */
export function withoutDash(id: string): string {
  return id.replace(/^-+/u, '');
}
