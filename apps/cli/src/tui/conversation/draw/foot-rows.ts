import { escapeLine } from '../../../terminal/escape.js';
import { truncate } from '../../../terminal/truncate.js';
import { wrap } from '../../../terminal/wrap.js';
import { endOf, entryAt, messageOf } from '../log/log.js';
import type { View } from '../log/viewport.js';
import { ACTIONS } from '../screen/actions.js';
import type { ConversationScreen } from '../screen/conversation-screen.js';
import { menuOf } from '../screen/press-message.js';
import type { Paint } from './paint.js';

const MAX_PROBLEM_ROWS = 3;
const MAX_MENU_ROWS = 5;
/** A sign of typing that is not repeated for so long is over. */
const TYPING_MS = 6_000;

/** The line above the field: its name, and what happens beyond what is seen. */
export function ruleRow(screen: ConversationScreen, view: View, paint: Paint): string {
  const { style, width } = paint;
  const label = labelOf(screen);
  const news = describeNews(screen, view, paint.nowMs);
  const taken = '─ '.length + label.length + 2 + (news === '' ? 0 : news.length + 1);
  const dashes = '─'.repeat(Math.max(0, width - 1 - taken));
  const isHere = paint.isFocused && screen.state.part === 'message';
  const start = `${style.dim('─')} ${isHere ? style.bold(label) : label} ${style.dim(dashes)}`;
  return news === '' ? start : `${start} ${style.accent(news)}`;
}

function labelOf({ state }: ConversationScreen): string {
  if (state.panel?.kind === 'search') return 'Search';
  return state.panel?.kind === 'attach' ? 'Attach file' : 'Message';
}

function describeNews(screen: ConversationScreen, view: View, nowMs: number): string {
  const below = countBelow(screen, view);
  if (below > 0) return `${below} new below: Ctrl-End`;
  if (!view.isAtEnd) return 'older messages: Ctrl-End for the newest';
  const { typingAt } = screen.dialogue.state;
  const isTyping = typingAt !== undefined && nowMs - typingAt < TYPING_MS;
  return isTyping ? 'writing ...' : '';
}

/** Messages that came in and have not been seen: only those that are new are looked at. */
function countBelow({ state, dialogue }: ConversationScreen, view: View): number {
  const { log } = dialogue.state;
  let count = 0;
  for (let place = endOf(log) - 1; place > view.lastPlace && place >= state.seenTo; place -= 1) {
    const entry = entryAt(log, place);
    if (entry?.kind === 'message' && entry.message.direction === 'in') count += 1;
  }
  return count;
}

/** What went wrong, what is replied to, and which commands there are: above the field. */
export function advisoryRows(screen: ConversationScreen, paint: Paint): string[] {
  const { style, width } = paint;
  const { problem, draft, menuIndex, panel, part } = screen.state;
  const room = Math.max(4, width - 3);
  const rows: string[] = [];
  if (problem !== undefined) {
    const lines = wrap(`!! ${escapeLine(problem)}`, room).slice(0, MAX_PROBLEM_ROWS);
    rows.push(...lines.map((line) => ` ${style.warning(line)}`));
  }
  if (panel !== undefined) return rows;
  if (draft.replyTo !== undefined) {
    const message = messageOf(screen.dialogue.state.log, draft.replyTo);
    const what = message === undefined ? 'an earlier message' : message.text;
    const [text = ''] = (what ?? message?.file?.name ?? '').split('\n', 1);
    rows.push(` ${style.dim(truncate(`re  ${escapeLine(text)}`, room))}`);
  }
  const menu = part === 'message' ? menuOf(screen) : [];
  const index = Math.min(menuIndex, menu.length - 1);
  const from = Math.max(0, Math.min(index - 2, menu.length - MAX_MENU_ROWS));
  for (const [at, { usage, summary }] of menu.slice(from, from + MAX_MENU_ROWS).entries()) {
    const mark = from + at === index ? style.accent('>') : ' ';
    rows.push(
      `${mark}${style.bold(usage.padEnd(15))} ${truncate(summary, Math.max(4, room - 16))}`,
    );
  }
  return rows;
}

/** The buttons, the one that Enter presses in brackets. */
export function actionsRow(screen: ConversationScreen, { style, width, isFocused }: Paint): string {
  const { part, actionIndex } = screen.state;
  const isHere = isFocused && part === 'actions';
  let columns = 1;
  let row = '';
  for (const [at, { word }] of ACTIONS.entries()) {
    columns += word.length + 3;
    if (columns > width) break;
    row += isHere && at === actionIndex ? style.accent(`[${word}] `) : style.dim(` ${word}  `);
  }
  return row;
}
