import type { Gravy } from '@gravy/messenger';
import type { Action, FileAction } from '../action.js';
import { type State, withNotice } from '../state.js';
import { type Step, step } from '../step.js';

type OnFile = Extract<Action, { kind: FileAction }>;

/** Accepting, declining and ending transfers. */
export function performOnFile(state: State, action: OnFile): Step {
  const place = `file:${action.contact}:${action.id}`;
  return step(withNotice(state, place, undefined), {
    kind: 'task',
    place,
    waiting: '',
    run: async (gravy) => {
      await call(gravy, action);
      return (later) => step(later, { kind: 'load', parts: ['files'] });
    },
  });
}

function call(gravy: Gravy, { kind, id, contact }: OnFile): Promise<unknown> {
  const file = { id, contact };
  switch (kind) {
    case 'accept-file':
      return gravy.call('file.accept', file);
    case 'decline-file':
      return gravy.call('file.decline', file);
    case 'cancel-file':
      return gravy.call('file.cancel', file);
    default:
      return kind satisfies never;
  }
}
