import type { MessageState } from '@gravy/messenger';

/** What is said of an own text. */
export function stateWord(state: MessageState): string {
  return state === 'queued' ? 'waiting' : state;
}
