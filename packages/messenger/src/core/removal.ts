import { MessengerError } from '../errors.js';
import type { Archive } from './delivery/archive.js';
import type { Conversations } from './delivery/conversations.js';
import type { FileDesk, FileReference } from './files/file-desk.js';

/** Messages taken back and deleted, texts and files alike: a file that goes on ends with its message. */
export class Removal {
  readonly #conversations: Conversations;
  readonly #archive: Archive;
  readonly #desk: FileDesk;

  constructor(conversations: Conversations, archive: Archive, desk: FileDesk) {
    this.#conversations = conversations;
    this.#archive = archive;
    this.#desk = desk;
  }

  /** Takes back what waits to be sent: a text, or the offer of a file. */
  async cancel(id: string): Promise<void> {
    if (this.#desk.isFile({ id })) await this.#desk.cancel({ id });
    else await this.#conversations.cancel(id);
  }

  /** Deletes a message here; the other side keeps its own. */
  async delete(message: FileReference): Promise<void> {
    if (this.#desk.isFile(message)) await this.#end(message);
    await this.#conversations.delete(message);
  }

  /** Deletes a conversation here. */
  async deleteConversation(options: { contact: string; files: 'keep' | 'delete' }): Promise<void> {
    await this.#desk.abandonAll(options.contact);
    await this.#archive.delete(options);
  }

  async #end(file: FileReference): Promise<void> {
    try {
      await this.#desk.cancel(file);
    } catch (error) {
      const hasEnded = error instanceof MessengerError && error.code === 'transfer_over';
      if (!hasEnded) throw error;
    }
  }
}
