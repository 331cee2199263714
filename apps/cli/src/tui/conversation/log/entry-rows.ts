import type { Message } from '@gravy/messenger';
import { escapeLine, escapeText } from '../../../terminal/escape.js';
import type { Style } from '../../../terminal/style.js';
import { formatClock } from '../../../terminal/times.js';
import { truncate } from '../../../terminal/truncate.js';
import { widestWidth } from '../../../terminal/width.js';
import { wrap } from '../../../terminal/wrap.js';
import { dayOf, nameOfDay } from './days.js';
import { fileRows } from './file-rows.js';
import type { Entry, MessageEntry, NoticeEntry } from './log.js';
import { markedState } from './state-mark.js';

/** What the rows of all entries depend on. */
export interface Look {
  readonly width: number;
  /** The contact's, escaped. */
  readonly name: string;
  readonly style: Style;
  /** For "Today" and "Yesterday": any moment of this day. */
  readonly nowMs: number;
}

/** What the rows of one entry depend on, beside itself. */
export interface Surroundings {
  readonly previous: Entry | undefined;
  readonly isFirstNew: boolean;
  readonly isSelected: boolean;
  /** Whether all of its rows are shown, however many. */
  readonly isOpened: boolean;
  /** What this is a reply to, if that was loaded. */
  readonly repliedTo: Message | undefined;
}

/**
 * The left edge, where only this program writes: a mark, a time, a gap. No text of a peer gets there,
 * so that none can look like a message of another, or like a notice.
 */
const EDGE = ' 09:12  '.length;
const NO_TIME = ' '.repeat(EDGE);
const LEAST_COLUMNS_FOR_TEXT = 8;
/** A longer message is cut, so that nobody can put a wall between two messages. */
const MAX_ROWS = 100;

/** An entry as rows of at most `width - 1` columns: terminals disagree on when a full row breaks. */
export function entryRows(entry: Entry, around: Surroundings, look: Look): readonly string[] {
  const rows: string[] = [];
  const begins = momentOf(entry);
  if (around.previous === undefined || dayOf(momentOf(around.previous)) !== dayOf(begins)) {
    rows.push(rule(nameOfDay(begins, look.nowMs), look, look.style.dim));
  }
  if (around.isFirstNew) rows.push(rule('new', look, look.style.accent));
  if (entry.kind === 'notice') return [...rows, ...noticeRows(entry, look)];
  if (rows.length > 0 || !isOfSameSender(around.previous, entry)) rows.push(senderRow(entry, look));
  return [...rows, ...messageRows(entry, around, look)];
}

/** How many columns the text of a message has. */
function roomFor({ width }: Look): number {
  return Math.max(LEAST_COLUMNS_FOR_TEXT, width - EDGE - 1);
}

function senderRow({ message }: MessageEntry, { name, style, width }: Look): string {
  if (message.direction === 'out') return ` ${style.bold('you')}`;
  return ` ${style.bold(style.accent(truncate(name, Math.max(LEAST_COLUMNS_FOR_TEXT, width - 3))))}`;
}

function messageRows(entry: MessageEntry, around: Surroundings, look: Look): string[] {
  const { message } = entry;
  const { style } = look;
  const room = roomFor(look);
  const time = formatClock(momentOf(entry));
  const edge = `${around.isSelected ? style.accent('>') : ' '}${style.dim(time)}  `;
  const body =
    message.file === undefined
      ? cut(textRows(message, room, style), around.isOpened, style)
      : fileRows(message.file, { room, style, bytesPerSecond: entry.bytesPerSecond });
  const quote = message.replyTo === undefined ? [] : [quoteRow(around.repliedTo, look)];
  return [...quote, ...body.map((row, at) => (at === 0 ? edge : NO_TIME) + row)];
}

function textRows(message: Message, room: number, style: Style): string[] {
  const rows = wrap(escapeText(message.text ?? ''), room);
  if (message.direction === 'in') return rows;
  const state = markedState(message.state);
  const painted = message.state === 'failed' ? style.warning(state) : style.dim(state);
  const last = rows.at(-1) ?? '';
  const free = room - widestWidth(last) - state.length;
  // Beside the text if there is room, at the right edge, where states stand below each other.
  if (free >= 2) return [...rows.slice(0, -1), `${last}${' '.repeat(free)}${painted}`];
  return [...rows, ' '.repeat(Math.max(0, room - state.length)) + painted];
}

function cut(rows: string[], isOpened: boolean, style: Style): string[] {
  const more = rows.length - MAX_ROWS;
  if (isOpened || more <= 0) return rows;
  const count = more.toLocaleString('en');
  return [...rows.slice(0, MAX_ROWS), style.accent(`[${count} more lines: o Open]`)];
}

/** The word at the edge is what makes it a quotation: a peer can write all the rest. */
function quoteRow(message: Message | undefined, look: Look): string {
  const { name, style } = look;
  const who = message?.direction === 'out' ? 'you' : name;
  const what = message?.text ?? (message?.file === undefined ? '' : message.file.name);
  const [line = ''] = what.split('\n', 1);
  const text = message === undefined ? 'an earlier message' : `${who}: ${escapeLine(line)}`;
  return style.dim(`  re    ${truncate(text, roomFor(look))}`);
}

function noticeRows({ text, at, tone }: NoticeEntry, look: Look): string[] {
  const { style } = look;
  const paint = tone === 'warning' ? style.warning : style.dim;
  const mark = tone === 'warning' ? '!! ' : '-- ';
  const rows = wrap(text, roomFor(look) - mark.length);
  return rows.map((row, index) =>
    index === 0
      ? ` ${style.dim(formatClock(at))}  ${paint(mark + row)}`
      : NO_TIME + ' '.repeat(mark.length) + paint(row),
  );
}

function rule(text: string, { width }: Look, paint: (text: string) => string): string {
  const columns = Math.max(0, width - 1 - text.length - 2);
  const left = Math.floor(columns / 2);
  return paint(`${'─'.repeat(left)} ${text} ${'─'.repeat(columns - left)}`);
}

function isOfSameSender(previous: Entry | undefined, { message }: MessageEntry): boolean {
  return previous?.kind === 'message' && previous.message.direction === message.direction;
}

function momentOf(entry: Entry): number {
  return entry.kind === 'notice' ? entry.at : (entry.message.receivedAt ?? entry.message.at);
}
