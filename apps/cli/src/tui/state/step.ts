import type { Gravy } from '@gravy/messenger';
import type { Part } from './data.js';
import type { State } from './state.js';

/** A change of the state, and what it sets going. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** The state may have moved on meanwhile: what comes back changes the state of then. */
export type Transition = (state: State) => Step;

/** What a transition asks for, carried out outside of it. */
export type Effect =
  /** A task of the core. What goes wrong is said at `place`; `waiting` if it takes more than a moment. */
  | {
      readonly kind: 'task';
      readonly place: string;
      readonly waiting: string;
      /** Said instead if there is still no answer after so long. */
      readonly patience?: { readonly afterMs: number; readonly text: string };
      readonly run: (gravy: Gravy) => Promise<Transition>;
      /** What else is different after it went wrong. */
      readonly failed?: (state: State) => State;
    }
  /** Data of the open account, asked for anew. */
  | { readonly kind: 'load'; readonly parts: readonly Part[] }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'notify'; readonly text: string }
  | { readonly kind: 'quit' };

export function step(state: State, ...effects: readonly Effect[]): Step {
  return { state, effects };
}
