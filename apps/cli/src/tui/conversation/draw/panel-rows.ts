import { formatSafetyNumber } from '../../../contact/safety-number.js';
import { escapeLine } from '../../../terminal/escape.js';
import { formatMoment } from '../../../terminal/times.js';
import { truncate } from '../../../terminal/truncate.js';
import { widestWidth } from '../../../terminal/width.js';
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
  const pieces: { text: string; isFound: boolean }[] = [];
  let at = 0;
  for (const [start, end] of highlights) {
    pieces.push({ text: inOneLine(snippet.slice(at, start)), isFound: false });
    pieces.push({ text: inOneLine(snippet.slice(start, end)), isFound: true });
    at = end;
  }
  pieces.push({ text: inOneLine(snippet.slice(at)), isFound: false });
  // Measured in pieces: what a piece begins with may be shown as its number there, and nowhere else. Cut
  // before it is painted: paint has no width.
  if (widestWidth(pieces.map(({ text }) => text).join('')) > room) {
    return truncate(inOneLine(snippet), room);
  }
  return pieces.map(({ text, isFound }) => (isFound ? paint(text) : text)).join('');
}

function inOneLine(text: string): string {
  return escapeLine(text.replaceAll(/\s+/gu, ' '));
}
