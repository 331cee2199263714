import type { Key } from 'ink';
import { moveByRow } from '../composer/composer-rows.js';
import { edit } from '../composer/edit.js';
import { recall } from '../composer/input-history.js';
import { pressOf } from '../composer/keys.js';
import { insert, insertPaste, textOf, writingOf } from '../composer/writing.js';
import { type Command, matchCommands } from './commands.js';
import type { ConversationScreen } from './conversation-screen.js';
import { submit } from './submit.js';

const LONGEST_COMMAND = 20;

/** The commands that what stands in the field may become. */
export function menuOf({ state }: ConversationScreen): readonly Command[] {
  const { writing } = state.draft;
  return writing.atoms.length > LONGEST_COMMAND ? [] : matchCommands(textOf(writing));
}

/** A key in the field "Message". */
export function pressInMessage(screen: ConversationScreen, input: string, key: Key): void {
  if (pressInMenu(screen, key)) return;
  const pressed = pressOf(input, key);
  const { writing } = screen.state.draft;
  switch (pressed?.kind) {
    case undefined:
      return undefined;
    case 'edit':
      return screen.write(edit(writing, pressed.edit));
    case 'row':
      return moveOrRecall(screen, pressed.rows);
    case 'break':
      return screen.write(insert(writing, '\n'));
    case 'text':
      return screen.write(insert(writing, pressed.text));
    case 'paste':
      return pastePiece(screen, pressed.text);
    case 'enter':
      if (screen.isPasting) return pastePiece(screen, `${pressed.typedBefore}\n`);
      if (pressed.typedBefore !== '') screen.write(insert(writing, pressed.typedBefore));
      return void screen.attempt(() => submit(screen));
    default:
      return pressed satisfies never;
  }
}

/** Its last piece may look like a line with its Enter. It must not send the whole. */
function pastePiece(screen: ConversationScreen, text: string): void {
  screen.piecePasted();
  screen.write(insertPaste(screen.state.draft.writing, text));
}

/** Up and down move within the text, and from its first or last row to what was sent before. */
function moveOrRecall(screen: ConversationScreen, rows: -1 | 1): void {
  const { draft } = screen.state;
  const moved = moveByRow(draft.writing, screen.composerWidth, rows);
  if (moved !== undefined) return screen.updateDraft({ writing: moved });
  const recalled = recall(draft.inputs, textOf(draft.writing), rows);
  if (recalled === undefined) return undefined;
  return screen.updateDraft({ inputs: recalled.history, writing: writingOf(recalled.text) });
}

/** The menu of commands takes the arrows, Tab, and Enter for a command that is not typed out. */
function pressInMenu(screen: ConversationScreen, key: Key): boolean {
  const menu = menuOf(screen);
  const index = Math.min(screen.state.menuIndex, menu.length - 1);
  const command = menu[index];
  if (command === undefined) return false;
  if (key.upArrow || key.downArrow) {
    const next = index + (key.upArrow ? menu.length - 1 : 1);
    screen.update({ menuIndex: next % menu.length });
    return true;
  }
  if (!key.tab && !(key.return && !key.meta)) return false;
  if (key.return && textOf(screen.state.draft.writing) === `/${command.name}`) return false;
  screen.write(writingOf(`/${command.name} `));
  // What needs nothing more is done at once.
  if (key.return && !command.usage.includes(' ')) void screen.attempt(() => submit(screen));
  return true;
}
