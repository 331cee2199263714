import type { RequestInfo } from '@gravy/messenger';
import { CliError } from '../cli-error.js';
import { shortenId } from '../terminal/table.js';

/** As much of an id as stands before the dots of its short form. */
const MIN_BEGINNING = 12;

/**
 * Who is meant among those who ask: by the whole id, by its short form as lists show it, or by a
 * beginning of at least as many characters as that shows. What fits several is refused. That it is the
 * right person only the safety number tells, whichever way the id was given.
 * @throws CliError `no_such_request`, `usage`
 */
export function findRequest(requests: readonly RequestInfo[], text: string): RequestInfo {
  const wanted = text.trim().toLowerCase();
  const exact = requests.find(({ id }) => id === wanted);
  if (exact !== undefined) return exact;
  const [only, ...others] = requests.filter(
    ({ id }) =>
      shortenId(id) === wanted || (wanted.length >= MIN_BEGINNING && id.startsWith(wanted)),
  );
  if (others.length > 0) {
    throw new CliError('usage', 'Several ids begin like this.', 'the same with the whole id');
  }
  if (only !== undefined) return only;
  throw new CliError(
    'no_such_request',
    'Nobody with this id asks to be let in.',
    'gravy requests list',
  );
}
