import type { ResultOf } from '@gravy/messenger';
import { openAccount } from '../account/open-account.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { shortenId } from '../terminal/table.js';
import { formatMoment } from '../terminal/times.js';

type Match = ResultOf<'message.search'>['matches'][number];

export async function searchHistory(
  context: Context,
  words: readonly string[],
  options: { contact?: string; limit: number },
): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const { contact, limit } = options;
  const query = words.join(' ');
  const found = await gravy.call('message.search', {
    query,
    limit,
    ...(contact === undefined ? {} : { contact }),
  });
  const { matches, total } = found;
  if (matches.length === 0) return { value: found, lines: ['Nothing was found.'] };
  const contacts = await gravy.call('contact.list', {});
  const names = new Map(contacts.map(({ id, name }) => [id, name]));
  const rest = total - matches.length;
  const more = rest > 0 ? [context.style.dim(`${rest} older ones: --limit ${limit * 2}`)] : [];
  return {
    value: found,
    lines: [
      ...matches.map((match) => {
        const name = escapeLine(names.get(match.contact) ?? shortenId(match.contact));
        const when = context.style.dim(formatMoment(match.at, Date.now()));
        return `${when}  ${context.style.bold(name)}  ${highlight(match, context.style)}`;
      }),
      ...more,
    ],
  };
}

function highlight({ snippet, highlights }: Match, style: Style): string {
  let [line, from] = ['', 0];
  for (const [start, end] of highlights) {
    line +=
      escapeLine(snippet.slice(from, start)) + style.bold(escapeLine(snippet.slice(start, end)));
    from = end;
  }
  return line + escapeLine(snippet.slice(from));
}
