import { escapeLine } from '../terminal/escape.js';

/** A contact's name as it must be typed in a shell, whoever chose it. */
export function shellWord(name: string): string {
  if (/^[\p{L}\p{N}._][\p{L}\p{N}._-]*$/u.test(name)) return name;
  if (/^[\p{L}\p{N}._][\p{L}\p{N} ._()-]*$/u.test(name)) return `"${name}"`;
  // Between these quotes nothing has a meaning, not even what an interactive shell looks up.
  return `'${escapeLine(name).replaceAll("'", String.raw`'\''`)}'`;
}
