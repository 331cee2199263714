import type { GravyClient, GravyEvent, Message, MessageState } from '@gravy/messenger';
import { Observable } from '../gravy/observable.js';
import {
  type Log,
  withFile,
  withMessage,
  withNewest,
  withOlder,
  without,
  withRead,
  withState,
} from './log.js';

const PAGE_MESSAGES = 50;
const OLDER_PAGE_MESSAGES = 200;
const MAX_PAGE_MESSAGES = 500;

/** A conversation while it is on the screen. */
export type ConversationState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'shown'; readonly log: Log; readonly isLoadingOlder: boolean };

/** One contact's messages as far as they have been looked at, kept up to date by events. */
export class Conversation {
  readonly state = new Observable<ConversationState>({ kind: 'loading' });
  /** Bytes a second of files under way, by their id. */
  readonly rates = new Map<string, number>();
  readonly #contact: string;
  readonly #client: () => GravyClient | undefined;
  #isReading = false;
  #isStale = false;

  constructor(contact: string, client: () => GravyClient | undefined) {
    this.#contact = contact;
    this.#client = client;
  }

  /** Reads the newest page, first of all or after anything may have been missed. */
  async readNewest(): Promise<void> {
    if (this.#isReading) {
      this.#isStale = true;
      return;
    }
    this.#isReading = true;
    try {
      do {
        this.#isStale = false;
        const page = await this.#read({ limit: PAGE_MESSAGES });
        if (page === undefined) return;
        const state = this.state.get();
        const log = state.kind === 'shown' ? withNewest(state.log, page) : page;
        this.#show(log);
      } while (this.#isStale);
    } finally {
      this.#isReading = false;
    }
  }

  async readOlder(): Promise<void> {
    const state = this.state.get();
    if (state.kind !== 'shown' || state.isLoadingOlder || !state.log.more) return;
    const [oldest] = state.log.messages;
    if (oldest === undefined) return;
    this.state.set({ ...state, isLoadingOlder: true });
    const page = await this.#read({ before: oldest.id, limit: OLDER_PAGE_MESSAGES });
    this.#change((log) => (page === undefined ? log : withOlder(log, page)));
  }

  /** Reads back until a message is there; false if the conversation has no such message. */
  async readBackTo(id: string): Promise<boolean> {
    for (;;) {
      const state = this.state.get();
      if (state.kind !== 'shown') {
        await this.readNewest();
        if (this.state.get().kind !== 'shown') return false;
        continue;
      }
      const { messages, more } = state.log;
      if (messages.some((message) => message.id === id)) return true;
      const [oldest] = messages;
      if (!more || oldest === undefined) return false;
      const page = await this.#read({ before: oldest.id, limit: MAX_PAGE_MESSAGES });
      if (page === undefined) return false;
      this.#change((log) => withOlder(log, page));
    }
  }

  add(message: Message): void {
    this.#change((log) => withMessage(log, message));
  }

  markRead(upTo: string): void {
    this.#change((log) => withRead(log, upTo));
  }

  remove(id: string): void {
    this.#change((log) => without(log, id));
  }

  /** Takes an event that is of this conversation, or may be: those of files do not say whose they are. */
  take(event: GravyEvent): void {
    const { method, params } = event;
    if (method === 'message.received') this.add(params.message);
    if (method === 'message.state') this.#takeState(params.id, params.state);
    // Written or deleted in another window, perhaps: whoever did it here has it already.
    if (method === 'file.offered' || method === 'contact.changed') void this.readNewest();
    if (method === 'file.progress') this.#takeProgress(params);
    if (method === 'file.completed') {
      const { id, path } = params;
      const where = path === undefined ? {} : { path };
      this.#change((log) => withFile(log, id, { state: 'done', ...where }));
    }
    if (method === 'file.failed') {
      const { id, state, reason } = params;
      this.#change((log) => withFile(log, id, { state, reason }));
    }
  }

  #takeProgress(progress: { id: string; bytes: number; bytesPerSecond: number }): void {
    const { id, bytes, bytesPerSecond } = progress;
    this.rates.set(id, bytesPerSecond);
    this.#change((log) => withFile(log, id, { state: 'transferring', bytes }));
  }

  #takeState(id: string, state: MessageState): void {
    const shown = this.state.get();
    if (shown.kind !== 'shown') return;
    const changed = withState(shown.log, id, state);
    // One that this page does not have was sent from another, or its own call is still under way.
    if (changed === undefined) void this.readNewest();
    else this.#show(changed);
  }

  async #read(page: { before?: string; limit: number }): Promise<Log | undefined> {
    // A connection that closes meanwhile is opened again, and everything on the screen read anew.
    return this.#client()
      ?.call('message.history', { contact: this.#contact, ...page })
      .catch(() => undefined);
  }

  #change(change: (log: Log) => Log): void {
    const state = this.state.get();
    if (state.kind === 'shown') this.#show(change(state.log));
  }

  #show(log: Log): void {
    this.state.set({ kind: 'shown', log, isLoadingOlder: false });
  }
}
