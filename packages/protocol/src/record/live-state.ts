import { eraseAll } from '../erasable.js';
import { sessionOver } from './session-errors.js';
import { secretsIn, type SessionState } from './session-state.js';

/** The state of a session while it lives. A secret that the next state no longer holds is erased with the change. */
export class LiveState<State extends SessionState> {
  #state: State;
  #isOver = false;

  constructor(state: State) {
    this.#state = state;
  }

  /** Throws `session_over` once erased. */
  get current(): State {
    if (this.#isOver) throw sessionOver();
    return this.#state;
  }

  /** The same, for what is no secret: once erased, the state that was the last one. */
  get last(): State {
    return this.#state;
  }

  commit(next: State): void {
    const kept = secretsIn(next);
    eraseAll(secretsIn(this.#state).filter((secret) => !kept.includes(secret)));
    this.#state = next;
  }

  erase(): void {
    this.#isOver = true;
    eraseAll(secretsIn(this.#state));
  }
}
