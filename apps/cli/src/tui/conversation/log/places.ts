import type { Entry } from './log.js';

/**
 * Where messages and files stand, by id: to look through all entries for each that comes would take longer
 * with each. A log and those made of it by adding share one, and whoever looks up sees whether it is so.
 */
export class Places {
  readonly #ofMessages = new Map<string, number>();
  readonly #ofFiles = new Map<string, number>();

  constructor(entries: readonly Entry[], first: number) {
    for (const [index, entry] of entries.entries()) this.add(entry, first + index);
  }

  add(entry: Entry, place: number): void {
    if (entry.kind !== 'message') return;
    this.#ofMessages.set(entry.message.id, place);
    if (entry.message.file !== undefined) this.#ofFiles.set(entry.message.file.id, place);
  }

  ofMessage(id: string): number | undefined {
    return this.#ofMessages.get(id);
  }

  ofFile(id: string): number | undefined {
    return this.#ofFiles.get(id);
  }
}
