import type { State } from './state/state.js';
import type { Effect, Step, Transition } from './state/step.js';

/** How often news of the core may draw; what a person does is drawn at once. */
const NEWS_MS = 40;

/** The one state, and who looks at it. */
export class Store {
  #state: State;
  /** What is drawn: some news behind the state. */
  #shown: State;
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #carryOut: (effect: Effect) => void;

  constructor(state: State, carryOut: (effect: Effect) => void) {
    this.#state = state;
    this.#shown = state;
    this.#carryOut = carryOut;
  }

  get state(): State {
    return this.#state;
  }

  readonly shown = (): State => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly apply = (transition: Transition): void => {
    this.#change(transition);
    this.#show();
  };

  /** For what comes in bursts. */
  readonly applySoon = (transition: Transition): void => {
    this.#change(transition);
    this.#timer ??= setTimeout(this.#show, NEWS_MS);
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #change(transition: Transition): void {
    const { state, effects }: Step = transition(this.#state);
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
  }

  readonly #show = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shown = this.#state;
    for (const listener of this.#listeners) listener();
  };
}
