import type { State } from './state.js';
import { type Step, step } from './step.js';

/** Ends the program: at the second time of asking, if something ends with it. `drafts`: how many texts are unsent. */
export function quit(state: State, drafts: number): Step {
  const losses = lossesOf(state, drafts);
  if (losses.length === 0 || state.quitQuestion !== undefined) return step(state, { kind: 'quit' });
  return step({ ...state, quitQuestion: `Ctrl-C again to quit: ${losses.join(', ')}.` });
}

/** Any other key is an answer, too. */
export function stay(state: State): Step {
  return step(state.quitQuestion === undefined ? state : { ...state, quitQuestion: undefined });
}

function lossesOf({ stage }: State, drafts: number): string[] {
  if (stage.kind !== 'open') return [];
  const { sessions, files } = stage.data;
  const transfers = files.filter(({ state }) => state === 'transferring').length;
  return [
    // They are those of the process that has the account open, and go on there.
    ...(stage.isElsewhere ? [] : [...counted(sessions.length, 'session', 'will end')]),
    ...(stage.isElsewhere ? [] : [...counted(transfers, 'transfer', 'will stop')]),
    ...counted(drafts, 'draft', 'will be lost'),
  ];
}

function counted(count: number, what: string, fate: string): string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'} ${fate}`];
}
