import type { GravyEvent } from '@gravy/messenger';
import { backToStart } from './actions/start-actions.js';
import { applyEvent, type Data, staleParts } from './data.js';
import { type State, withData } from './state.js';
import { type Effect, type Step, step } from './step.js';

/** What an event of the core changes. */
export function receive(state: State, event: GravyEvent): Step {
  if (state.stage.kind !== 'open') return step(state);
  if (event.method === 'account.closed') {
    // Locked by this program itself: whoever did it says what comes next.
    if (event.params.reason === 'locked' && !state.stage.isElsewhere) return step(state);
    return backToStart(state, 'The account was closed in the program that had it open.');
  }
  const { data } = state.stage;
  const parts = staleParts(event);
  const load: Effect[] = parts.length === 0 ? [] : [{ kind: 'load', parts }];
  return step(
    withData(state, (before) => applyEvent(before, event)),
    ...load,
    ...notifications(data, event),
  );
}

/** Who it is from, and never what it says: it may be shown on a locked screen. */
function notifications(data: Data, event: GravyEvent): Effect[] {
  const name = (id: string): string =>
    data.contacts.find((contact) => contact.id === id)?.name ?? 'somebody new';
  if (event.method === 'message.received') {
    return [{ kind: 'notify', text: `Message from ${name(event.params.message.contact)}` }];
  }
  if (event.method === 'file.offered' && event.params.file.direction === 'in') {
    return [{ kind: 'notify', text: `File from ${name(event.params.file.contact)}` }];
  }
  if (event.method === 'request.received') {
    return [{ kind: 'notify', text: 'Somebody asks to be let in' }];
  }
  return [];
}
