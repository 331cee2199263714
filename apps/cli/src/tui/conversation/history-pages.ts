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
  /** Since the reading of the newest page began. */
  #since = { arrived: new Set<string>(), told: new Set<string>() };
  #goingBack = 0;

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
    this.#goingBack += 1;
    try {
      while (!hasMessage(this.#reader.state, id)) {
        const { first } = this.#reader.state.log;
        await this.readOlder(MAX_PAGE_MESSAGES);
        if (this.#reader.state.log.first === first) return false;
      }
      return true;
    } finally {
      this.#goingBack -= 1;
    }
  }

  /** Drops the oldest of too many entries, unless somebody is on the way to them. */
  trim(): void {
    if (this.#goingBack === 0 && this.#older === undefined) this.#reader.apply({ kind: 'trim' });
  }

  /** A message is shown that a page which is being read may not have. */
  arrived(id: string): void {
    this.#since.arrived.add(id);
  }

  /** Something new is known of a message or a file, which a page that is being read may not have. */
  told(id: string): void {
    this.#since.told.add(id);
  }

  async #readNewest(): Promise<void> {
    const since = { arrived: new Set<string>(), told: new Set<string>() };
    this.#since = since;
    const page = await this.#call({ limit: PAGE_MESSAGES });
    this.#reader.apply({ kind: 'newest', page, since });
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
