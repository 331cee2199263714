import type { Key } from 'ink';
import { deedsFor } from '../../../file/file-deeds.js';
import { KEYS_OF_DEEDS } from '../log/file-rows.js';
import { endOf, messageAt } from '../log/log.js';
import type { ConversationScreen } from './conversation-screen.js';

/** A key while an entry of the log is selected. */
export function pressInLog(screen: ConversationScreen, input: string, key: Key): void {
  if (key.upArrow) return moveSelection(screen, -1);
  if (key.downArrow) return moveSelection(screen, 1);
  if (key.home) return screen.select(screen.dialogue.state.log.first);
  if (key.end) return screen.select(endOf(screen.dialogue.state.log) - 1);
  if (input === '?') return screen.openPanel({ kind: 'help' });
  const { selected } = screen.state;
  const message =
    selected === undefined ? undefined : messageAt(screen.dialogue.state.log, selected);
  if (message === undefined) return undefined;
  if (input === 'r' || key.return) return screen.replyTo(message.id);
  if (input === 'o') {
    const opened = screen.state.opened === message.id ? undefined : message.id;
    return screen.update({ opened });
  }
  const { file } = message;
  const isOwnWaiting = message.direction === 'out' && message.state === 'queued';
  if (file === undefined) {
    if (input === 'c' && isOwnWaiting)
      void screen.attempt(() => screen.dialogue.takeBack(message.id));
    return undefined;
  }
  const deed = deedsFor(file).find((possible) => KEYS_OF_DEEDS[possible] === input);
  if (deed === undefined) return undefined;
  void screen.attempt(() => screen.dialogue.onFile(deed, file));
  return undefined;
}

/** To the next entry; through one that is higher than the window, row by row. */
function moveSelection(screen: ConversationScreen, step: -1 | 1): void {
  const { log } = screen.dialogue.state;
  const view = screen.view();
  const at = Math.min(screen.state.selected ?? view.lastPlace, endOf(log) - 1);
  const isCutAbove = view.top.place === at && view.top.row > 0;
  const isCutBelow = !view.isAtEnd && view.lastPlace === at;
  if (step === -1 && isCutAbove) return screen.scrollBy(-1);
  if (step === 1 && isCutBelow && screen.sight().rowsAt(at).length > screen.window.height) {
    return screen.scrollBy(1);
  }
  const next = at + step;
  if (next < log.first || next >= endOf(log)) return undefined;
  return screen.select(next);
}
