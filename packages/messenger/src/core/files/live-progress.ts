import type { MessageKey, StoredMessage } from '../ports/store.js';
import { keyText } from './transfer-key.js';

/** How far the files are that are under way: what is stored of that is what has certainly reached the disk. */
export class LiveProgress {
  readonly #bytes = new Map<string, number>();

  mark(key: MessageKey, bytes: number): void {
    this.#bytes.set(keyText(key), bytes);
  }

  /** It waits, or is over. */
  forget(key: MessageKey): void {
    this.#bytes.delete(keyText(key));
  }

  /** The message as stored, but with how far its file is now. */
  over<M extends Pick<StoredMessage, 'contact' | 'direction' | 'id' | 'file'>>(message: M): M {
    const { file } = message;
    if (file?.state !== 'transferring') return message;
    const bytes = this.#bytes.get(keyText(message));
    return bytes === undefined ? message : { ...message, file: { ...file, bytes } };
  }
}
