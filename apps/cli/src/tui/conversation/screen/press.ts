import type { Key } from 'ink';
import { EMPTY_WRITING, insert, insertPaste } from '../composer/writing.js';
import { ACTIONS } from './actions.js';
import type { ConversationScreen } from './conversation-screen.js';
import { pressInLog } from './press-log.js';
import { menuOf, pressInMessage } from './press-message.js';
import { pressInPanel } from './press-panel.js';

/** Whether a key was for the conversation, or leaves it. */
export type Outcome = 'taken' | 'leave';

/** A key, wherever one is in the conversation. */
export function press(screen: ConversationScreen, input: string, key: Key): Outcome {
  if (key.eventType === 'release') return 'taken';
  if (screen.state.panel !== undefined) {
    pressInPanel(screen, input, key);
    return 'taken';
  }
  if (scrollWith(screen, key)) return 'taken';
  const isMenuOpen = screen.state.part === 'message' && menuOf(screen).length > 0;
  if (key.tab && !isMenuOpen) return moveOn(screen, key.shift ? -1 : 1);
  if (key.escape) return goBack(screen);
  switch (screen.state.part) {
    case 'message':
      pressInMessage(screen, input, key);
      return 'taken';
    case 'actions':
      pressInActions(screen, key);
      return 'taken';
    case 'log':
      pressInLog(screen, input, key);
      return 'taken';
    default:
      return screen.state.part satisfies never;
  }
}

/** A paste goes to the field that is open, whatever was looked at. */
export function paste(screen: ConversationScreen, text: string): void {
  const { panel, draft } = screen.state;
  if (panel?.kind === 'search') {
    screen.searchFor(insert(panel.query, oneLine(text)));
  } else if (panel?.kind === 'attach') {
    screen.update({ panel: { ...panel, path: insert(panel.path, oneLine(text)) } });
  } else if (panel === undefined) {
    screen.update({ part: 'message', selected: undefined });
    screen.write(insertPaste(draft.writing, text));
  }
}

/** Longer than any path or search may be, and short enough to be drawn. */
const MAX_LINE_CHARACTERS = 4_096;

function oneLine(text: string): string {
  const line = text.slice(0, MAX_LINE_CHARACTERS).replaceAll(/\s*[\r\n]+\s*/gu, ' ');
  return line.trim().toWellFormed();
}

function scrollWith(screen: ConversationScreen, key: Key): boolean {
  const page = Math.max(1, screen.window.height - 1);
  const isModified = key.ctrl || key.shift || key.meta;
  if (key.pageUp) screen.scrollBy(-page);
  else if (key.pageDown) screen.scrollBy(page);
  else if (key.upArrow && isModified) screen.scrollBy(-1);
  else if (key.downArrow && isModified) screen.scrollBy(1);
  else if (key.home && key.ctrl) screen.scrollToStart();
  else if (key.end && key.ctrl) screen.scrollToEnd();
  else return false;
  return true;
}

const PARTS = ['message', 'actions', 'log'] as const;

function moveOn(screen: ConversationScreen, step: -1 | 1): Outcome {
  const part = PARTS[PARTS.indexOf(screen.state.part) + step];
  if (part === undefined) {
    screen.update({ part: 'message', selected: undefined });
    return 'leave';
  }
  screen.update({ part, selected: undefined });
  if (part === 'log') screen.select(screen.view().lastPlace);
  return 'taken';
}

function goBack(screen: ConversationScreen): Outcome {
  const { part, draft, problem } = screen.state;
  if (part !== 'message') {
    screen.update({ part: 'message', selected: undefined });
    return 'taken';
  }
  if (problem !== undefined) screen.update({ problem: undefined });
  else if (draft.replyTo !== undefined) screen.replyTo(undefined);
  else if (screen.state.anchor.kind !== 'end') screen.scrollToEnd();
  else if (menuOf(screen).length > 0) screen.write(EMPTY_WRITING);
  else return 'leave';
  return 'taken';
}

function pressInActions(screen: ConversationScreen, key: Key): void {
  const { actionIndex } = screen.state;
  const last = ACTIONS.length - 1;
  if (key.leftArrow) screen.update({ actionIndex: Math.max(0, actionIndex - 1) });
  if (key.rightArrow) screen.update({ actionIndex: Math.min(last, actionIndex + 1) });
  if (key.upArrow) screen.update({ part: 'message' });
  if (!key.return) return;
  screen.update({ part: 'message' });
  void screen.attempt(() => ACTIONS[actionIndex]?.run(screen));
}
