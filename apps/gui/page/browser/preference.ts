import { useSyncExternalStore } from 'react';
import { Observable } from '../gravy/observable.js';

/** A choice that belongs to this browser rather than to an account. Nothing secret is ever one. */
export class Preference<T extends string | number> {
  readonly #name: string;
  readonly #value: Observable<T>;

  constructor(name: string, choices: readonly T[], otherwise: T) {
    this.#name = `gravy-${name}`;
    const stored = localStorage.getItem(this.#name);
    this.#value = new Observable(choices.find((choice) => String(choice) === stored) ?? otherwise);
  }

  get(): T {
    return this.#value.get();
  }

  set(value: T): void {
    localStorage.setItem(this.#name, String(value));
    this.#value.set(value);
  }

  use(): T {
    return useSyncExternalStore(this.#value.subscribe, this.#value.get);
  }
}
