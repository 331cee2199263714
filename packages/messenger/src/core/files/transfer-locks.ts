import { Mutex } from '../mutex.js';
import type { MessageKey } from '../ports/store.js';
import { keyText } from './transfer-key.js';

/** One task at a time for each transfer: what begins, ends or moves it must not meet itself half-way. */
export class TransferLocks {
  readonly #locks = new Map<string, { readonly mutex: Mutex; users: number }>();

  async run<T>(key: MessageKey, task: () => Promise<T>): Promise<T> {
    const text = keyText(key);
    const lock = this.#locks.get(text) ?? { mutex: new Mutex(), users: 0 };
    this.#locks.set(text, lock);
    lock.users += 1;
    try {
      return await lock.mutex.run(task);
    } finally {
      lock.users -= 1;
      if (lock.users === 0) this.#locks.delete(text);
    }
  }
}
