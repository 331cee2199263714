import { show } from './actions/show-actions.js';
import type { Data } from './data.js';
import { shownContact, type State, withData, withFocus, withNotice } from './state.js';
import { type Step, step } from './step.js';

/** The core has answered with some of its data. */
export function takeData(state: State, loaded: Partial<Data>): Step {
  const taken = withData(state, (data) => ({ ...data, ...loaded }));
  const removed = removedFromConversation(state, taken);
  return step(removed === undefined ? taken : leave(taken, removed));
}

/** The name of the contact whose conversation is shown, if it was there and is no more. */
function removedFromConversation(before: State, after: State): string | undefined {
  if (before.stage.kind !== 'open' || after.stage.kind !== 'open') return undefined;
  // One that was not there before is a new one, whose conversation is shown before it is loaded.
  return shownContact(after.stage) === undefined ? shownContact(before.stage)?.name : undefined;
}

/** Nothing there has the focus: somebody may be typing a message just now. */
function leave(state: State, name: string): State {
  const text = `${name} was removed from your contacts in another program of yours. The history stays until it is deleted.`;
  const shown = withNotice(show(state, { kind: 'dashboard' }), 'removed', { kind: 'good', text });
  return withFocus(shown, { area: state.focus.area, control: 'none' });
}
