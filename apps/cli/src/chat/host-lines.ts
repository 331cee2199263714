import type { AccountInfo, ResultOf } from '@gravy/messenger';
import { shellWord } from '../contact/shell-word.js';
import { isOnlyLocal } from '../invite/invite-words.js';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { formatPairs } from '../terminal/table.js';

/** What a host tells the people it waits for. */
export function formatHosting(
  account: AccountInfo,
  host: ResultOf<'host.start'>,
  style: Style,
): string[] {
  const others = host.urls.filter((url) => url !== host.url);
  const only = isOnlyLocal(host.urls) ? '  (this machine only)' : '';
  return formatPairs(
    [
      ['Hosting as', style.bold(escapeLine(account.name))],
      ['Your id', account.id],
      ['URL to share', style.accent(escapeLine(host.url)) + only],
      ...others.map((url) => ['Also at', escapeLine(url)] as const),
      ['They type', `gravy connect ${escapeLine(host.url)} ${shellWord(account.name)}`],
    ],
    style,
  );
}
