import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { unquote } from '../chat/slash-line.js';

/** A path as it is typed, perhaps between quotes: no shell is there to replace the tilde. */
export function pathOf(typed: string): string {
  const path = unquote(typed);
  return /^~(?=$|[/\\])/u.test(path) ? join(homedir(), path.slice(1)) : resolve(path);
}
