import type { Key } from 'ink';
import { pathOf } from '../../../file/typed-path.js';
import { edit } from '../composer/edit.js';
import { pressOf } from '../composer/keys.js';
import { insert, textOf, type Writing } from '../composer/writing.js';
import type { ConversationScreen } from './conversation-screen.js';
import { HELP } from './help.js';

/** A key while something lies over the log. Esc closes it. */
export function pressInPanel(screen: ConversationScreen, input: string, key: Key): void {
  const { panel } = screen.state;
  if (panel === undefined) return undefined;
  if (key.escape) return screen.update({ panel: undefined, problem: undefined });
  switch (panel.kind) {
    case 'help': {
      if (key.return) return screen.update({ panel: undefined });
      const from = panel.from + helpStep(key, screen.window.height);
      const last = Math.max(0, HELP.length - screen.window.height);
      return screen.update({ panel: { kind: 'help', from: Math.max(0, Math.min(from, last)) } });
    }
    case 'verify':
      // Not Enter: whoever presses it twice to get here must not confirm what was never looked at.
      if (input !== 'y' && !key.return) return undefined;
      screen.update({ panel: undefined });
      return input === 'y' && !panel.verified ? confirm(screen) : undefined;
    case 'attach': {
      const { line, isDone } = pressInLine(panel.path, input, key);
      screen.update({ panel: { ...panel, path: line } });
      return isDone && textOf(line).trim() !== '' ? attach(screen, textOf(line)) : undefined;
    }
    case 'search': {
      const { result, index } = panel;
      const last = Math.max(0, (result?.matches.length ?? 0) - 1);
      if (key.upArrow) return screen.update({ panel: { ...panel, index: Math.max(0, index - 1) } });
      if (key.downArrow) {
        return screen.update({ panel: { ...panel, index: Math.min(last, index + 1) } });
      }
      const { line, isDone } = pressInLine(panel.query, input, key);
      const found = result?.matches[index];
      if (isDone && line === panel.query && found !== undefined) {
        return void screen.attempt(() => screen.goTo(found.id));
      }
      return line === panel.query ? undefined : screen.searchFor(line);
    }
    default:
      return panel satisfies never;
  }
}

function helpStep(key: Key, page: number): number {
  if (key.upArrow) return -1;
  if (key.downArrow) return 1;
  return key.pageUp ? -page : key.pageDown ? page : 0;
}

/** A key in a field of one line. */
function pressInLine(line: Writing, input: string, key: Key): { line: Writing; isDone: boolean } {
  const pressed = pressOf(input, key);
  if (pressed?.kind === 'edit') return { line: edit(line, pressed.edit), isDone: false };
  if (pressed?.kind === 'text')
    return { line: insert(line, pressed.text.replaceAll('\n', ' ')), isDone: false };
  if (pressed?.kind === 'enter') {
    const { typedBefore } = pressed;
    return { line: typedBefore === '' ? line : insert(line, typedBefore), isDone: true };
  }
  return { line, isDone: false };
}

/** The field closes when the file was offered; until then, and after an error, the path stays. */
function attach(screen: ConversationScreen, path: string): void {
  void screen.attempt(async () => {
    await screen.dialogue.sendFile(pathOf(path));
    screen.update({ panel: undefined });
    screen.scrollToEnd();
  });
}

function confirm(screen: ConversationScreen): void {
  void screen.attempt(async () => {
    await screen.dialogue.setVerified();
    screen.dialogue.say(`${screen.name} is verified.`);
  });
}
