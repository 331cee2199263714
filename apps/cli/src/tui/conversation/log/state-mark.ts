import type { MessageState } from '@gravy/messenger';
import { stateWord } from '../../../message/state-word.js';

/** ASCII: every terminal has these, and all agree how wide they are. */
const MARKS: Readonly<Record<MessageState, string>> = {
  queued: '~',
  sent: '>',
  delivered: '+',
  read: '=',
  failed: '!',
  cancelled: 'x',
};

/** The state of an own text: one mark for a glance, and a word. */
export function markedState(state: MessageState): string {
  return `${MARKS[state]} ${stateWord(state)}`;
}
