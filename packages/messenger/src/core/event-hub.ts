import type { GravyEvent } from '../api/events.js';

/** State changes, told to whoever listens. A listener that throws harms neither the core nor the others. */
export class EventHub {
  readonly #listeners = new Set<(event: GravyEvent) => void>();

  emit(event: GravyEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        // Surfaces as an uncaught exception of the listener's owner, outside this call.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  onEvent(listener: (event: GravyEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
