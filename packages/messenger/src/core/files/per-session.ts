import type { Session } from '../sessions/session-registry.js';

/** Something that each session has one of, made when it is first asked for, and gone with it. */
export class PerSession<T> {
  readonly #make: () => T;
  readonly #made = new WeakMap<Session, T>();

  constructor(make: () => T) {
    this.#make = make;
  }

  of(session: Session): T {
    const made = this.#made.get(session) ?? this.#make();
    this.#made.set(session, made);
    return made;
  }
}
