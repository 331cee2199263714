import { MessengerError } from '../errors.js';

const ALLOWED = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{0,47}$/u;
// Names that Windows gives to devices, with or without an extension.
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/iu;

/**
 * An account's name is also the name of its folder: letters, digits, space, dot, dash and
 * underscore, at most 48 characters, on every operating system.
 * @throws MessengerError `invalid_name`
 */
export function checkAccountName(text: string): string {
  const name = text.normalize('NFC');
  if (!ALLOWED.test(name) || /[ .]$/u.test(name) || DEVICE.test(name)) {
    throw new MessengerError(
      'invalid_name',
      'An account name begins with a letter or digit and has at most 48 letters, digits, spaces, dots, dashes and underscores. Choose another one.',
    );
  }
  return name;
}

/** Whether two names would be one folder on a file system that ignores case. */
export function isSameAccountName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
