import { formatSafetyNumber } from '../../../contact/safety-number.js';
import { escapeLine } from '../../../terminal/escape.js';
import { formatMoment } from '../../../terminal/times.js';
import { truncate } from '../../../terminal/width.js';
import { wrap } from '../../../terminal/wrap.js';
import { textOf } from '../composer/writing.js';
import type { SearchResult } from '../dialogue.js';
import type { ConversationScreen } from '../screen/conversation-screen.js';
import type { Panel } from '../screen/screen-state.js';
import { helpRows } from './help-rows.js';
import type { Paint } from './paint.js';

/** What lies over the log, in at most `height` rows. Its own field, if it has one, is drawn below. */
export function panelRows(
  screen: ConversationScreen,
  panel: Panel,
  paint: Paint & { readonly height: number },
): string[] {
  const room = Math.max(1, paint.width - 2);
  const sentences = (...texts: string[]): string[] => texts.flatMap((text) => wrap(text, room));
  return rowsOf().map((row) => (row === '' ? '' : ` ${row}`));

  function rowsOf(): string[] {
    switch (panel.kind) {
      case 'help':
        return helpRows(panel.from, paint);
      case 'verify':
        return [
          ...sentences(
            `Safety number with ${screen.name} (${panel.verified ? 'verified' : 'not verified'}).`,
            'Compare it by another way than this one: it must be the same on both sides.',
          ),
          '',
          ...formatSafetyNumber(panel.number),
          '',
          ...sentences(
            panel.verified ? 'Enter goes back.' : 'They match: y. They do not, or not now: Enter.',
          ),
        ];
      case 'attach':
        return sentences(
          `The path of a file or folder for ${screen.name}. Enter offers it, Esc goes back.`,
        );
      case 'search':
        return searchRows(panel, paint, room);
      default:
        return panel satisfies never;
    }
  }
}

type SearchPanel = Extract<Panel, { kind: 'search' }>;

function searchRows(panel: SearchPanel, paint: Paint, room: number): string[] {
  const { result, index, query } = panel;
  if (textOf(query).trim() === '')
    return wrap('Words that a message must have, each as the beginning of one.', room);
  if (result === undefined) return [];
  if (result.matches.length === 0) return wrap('No message has these words. Fewer may help.', room);
  const { style, height, nowMs } = paint;
  const found = `${result.total} found. Up and Down choose, Enter goes there, Esc goes back.`;
  const head = wrap(found, room).map(style.dim);
  const shown = Math.max(1, height - head.length);
  const from = Math.max(0, Math.min(index - Math.floor(shown / 2), result.matches.length - shown));
  const rows = result.matches.slice(from, from + shown).map((match, at) => {
    const time = formatMoment(match.at, nowMs);
    const mark = from + at === index ? style.accent('>') : ' ';
    const text = snippetOf(match, Math.max(3, room - time.length - 5), style.bold);
    return `${mark} ${style.dim(time)}  ${text}`;
  });
  return [...head, ...rows];
}

/** What was found stands out; all of it is escaped piece by piece. */
function snippetOf(
  { snippet, highlights }: SearchResult['matches'][number],
  room: number,
  paint: (text: string) => string,
): string {
  // Paint has no width, so that it is put on what was cut already.
  const whole = inOneLine(snippet);
  if (truncate(whole, room) !== whole) return truncate(whole, room);
  let at = 0;
  let painted = '';
  for (const [start, end] of highlights) {
    painted += inOneLine(snippet.slice(at, start)) + paint(inOneLine(snippet.slice(start, end)));
    at = end;
  }
  return painted + inOneLine(snippet.slice(at));
}

function inOneLine(text: string): string {
  return escapeLine(text.replaceAll(/\s+/gu, ' '));
}
