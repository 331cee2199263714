import type { GravyClient } from '@gravy/messenger';
import { LatestLoad } from '../../chat/latest-load.js';
import { type Change, type ConversationState, hasMessage } from './conversation-state.js';
import type { Page } from './log/log.js';

const PAGE_MESSAGES = 100;
const MAX_PAGE_MESSAGES = 500;

/** What the pages of a conversation are put into. */
interface Reader {
  readonly state: ConversationState;
  apply(change: Change): void;
}

/** Reads a conversation from the store, page by page. */
export class HistoryPages {
  readonly #client: GravyClient;
  readonly #reader: Reader;
  readonly #newest = new LatestLoad(() => this.#readNewest());
  #older: Promise<void> | undefined;
  /** Messages that were shown since the reading of the newest page began. */
  #arrived = new Set<string>();

  constructor(client: GravyClient, reader: Reader) {
    this.#client = client;
    this.#reader = reader;
  }

  /** Resolves when what is there is as new as this call. */
  readNewest(): Promise<void> {
    return this.#newest.refresh();
  }

  /** Reads the page before what is there, if the store has more. One at a time. */
  readOlder(limit = PAGE_MESSAGES): Promise<void> {
    this.#older ??= this.#readOlder(limit).finally(() => {
      this.#older = undefined;
    });
    return this.#older;
  }

  /** Reads back until a message is there; false if this conversation has no such message. */
  async readBackTo(id: string): Promise<boolean> {
    if (!this.#reader.state.isLoaded) await this.readNewest();
    while (!hasMessage(this.#reader.state, id)) {
      const { first } = this.#reader.state.log;
      await this.readOlder(MAX_PAGE_MESSAGES);
      if (this.#reader.state.log.first === first) return false;
    }
    return true;
  }

  /** A message is shown that a page which is being read may not have. */
  arrived(id: string): void {
    this.#arrived.add(id);
  }

  async #readNewest(): Promise<void> {
    const arrived = new Set<string>();
    this.#arrived = arrived;
    const page = await this.#call({ limit: PAGE_MESSAGES });
    this.#reader.apply({ kind: 'newest', page, arrived });
  }

  async #readOlder(limit: number): Promise<void> {
    const { log } = this.#reader.state;
    const oldest = log.entries.find((entry) => entry.kind === 'message');
    if (!log.more || oldest?.kind !== 'message') return;
    const page = await this.#call({ before: oldest.message.id, limit });
    this.#reader.apply({ kind: 'older', page });
  }

  #call(page: { before?: string; limit: number }): Promise<Page> {
    const contact = this.#reader.state.contact.id;
    return this.#client.call('message.history', { contact, ...page });
  }
}
