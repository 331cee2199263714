import { wrap } from '../../../terminal/wrap.js';
import { EMPTY_WRITING } from '../composer/writing.js';
import { look, type View } from '../log/viewport.js';
import type { ConversationScreen } from '../screen/conversation-screen.js';
import { type Field, fieldRows, fieldWidth } from './field-rows.js';
import { actionsRow, advisoryRows, ruleRow } from './foot-rows.js';
import { headRows } from './head-rows.js';
import type { Paint } from './paint.js';
import { panelRows } from './panel-rows.js';

/** A conversation as exactly `height` rows, and where its cursor stands, if it has one. */
export interface Picture {
  readonly rows: readonly string[];
  readonly cursor: { readonly x: number; readonly y: number } | undefined;
  readonly view: View;
}

const MAX_FIELD_ROWS = 8;

/** Draws what is seen and nothing else: the work does not grow with the conversation. */
export function drawConversation(screen: ConversationScreen, paint: Paint): Picture {
  const { width, height, style, nowMs, isFocused } = paint;
  const { state } = screen;
  screen.composerWidth = fieldWidth(width);
  const field = fieldOf(screen, width, height);
  const head = headRows(screen, paint);
  const advice = advisoryRows(screen, paint);
  const room = height - head.length - 1 - advice.length - field.rows.length - 1;
  screen.window.resize({ width, name: screen.name, style, nowMs }, Math.max(0, room));
  const view = look(screen.sight(), state.anchor);
  const middle =
    state.panel === undefined
      ? logRows(screen, view, paint)
      : panelRows(screen, state.panel, { ...paint, height: room });
  const foot = [ruleRow(screen, view, paint), ...advice, ...field.rows, actionsRow(screen, paint)];
  // In a window too low for all of it what is written stays in sight.
  const above = [...head, ...fill(middle, Math.max(0, room))];
  const rows = [...above, ...foot].slice(-height);
  const hasField = state.panel === undefined ? state.part === 'message' : field.rows.length > 0;
  const y = rows.length - 1 - field.rows.length + field.cursor.y;
  const cursor = isFocused && hasField && y >= 0 ? { x: field.cursor.x, y } : undefined;
  return { rows, cursor, view };
}

function fieldOf(screen: ConversationScreen, width: number, height: number): Field {
  const { panel, draft } = screen.state;
  if (panel?.kind === 'search') return fieldRows(panel.query, width, 1);
  if (panel?.kind === 'attach') return fieldRows(panel.path, width, 1);
  if (panel !== undefined) return { ...fieldRows(EMPTY_WRITING, width, 1), rows: [] };
  const maxRows = Math.max(1, Math.min(MAX_FIELD_ROWS, Math.floor(height / 3)));
  return fieldRows(draft.writing, width, maxRows);
}

/** Rows at the bottom, where the next one will be; without any, what to do. */
function logRows(screen: ConversationScreen, view: View, { width, style }: Paint): string[] {
  const { isLoaded, log } = screen.dialogue.state;
  if (log.entries.length > 0 || !isLoaded) {
    const missing = Math.max(0, screen.window.height - view.rows.length);
    return [...Array.from({ length: missing }, () => ''), ...view.rows];
  }
  const text = `No messages yet. Write the first one below; /help shows what else you can do.`;
  return wrap(text, Math.max(4, width - 2)).map((row) => ` ${style.dim(row)}`);
}

function fill(rows: readonly string[], height: number): string[] {
  const missing = Math.max(0, height - rows.length);
  return [...rows.slice(0, height), ...Array.from({ length: missing }, () => '')];
}
