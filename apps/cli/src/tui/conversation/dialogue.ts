import type { Contact, FileInfo, GravyClient, Message, ResultOf, Role } from '@gravy/messenger';
import { LatestLoad } from '../../chat/latest-load.js';
import { sessionsOf } from './connection.js';
import {
  beginConversation,
  type Change,
  change,
  type ConversationState,
  hasMessage,
} from './conversation-state.js';
import { deedsFor } from './log/file-rows.js';
import type { Log } from './log/log.js';

const PAGE_MESSAGES = 100;
const MAX_PAGE_MESSAGES = 500;
const TYPING_AT_MOST_EVERY_MS = 3_000;

export type SearchResult = ResultOf<'message.search'>;

/** One contact's conversation with the core: events in, calls out, and what is known of it in between. */
export class Dialogue {
  readonly #client: GravyClient;
  readonly #changed: () => void;
  readonly #now: () => number;
  readonly #newest = new LatestLoad(() => this.#readNewest());
  readonly #sessions = new LatestLoad(() => this.#readSessions());
  #state: ConversationState;
  #unsubscribe: (() => void) | undefined;
  #older: Promise<void> | undefined;
  #markedTo: string | undefined;
  /** Messages that were shown since the reading of the newest page began. */
  #arrived = new Set<string>();
  #typingToldAt = Number.NEGATIVE_INFINITY;

  constructor(options: {
    client: GravyClient;
    contact: Contact;
    /** Called after each change of the state. */
    changed: () => void;
    now: () => number;
  }) {
    this.#client = options.client;
    this.#changed = options.changed;
    this.#now = options.now;
    this.#state = beginConversation(options.contact);
  }

  get state(): ConversationState {
    return this.#state;
  }

  /** Listens, and reads the newest page. Rejects if it cannot be read. */
  async start(): Promise<void> {
    this.#unsubscribe = this.#client.onEvent((event) => {
      if (event.method === 'message.received') this.#arrived.add(event.params.message.id);
      this.#change({ kind: 'event', event });
      // Whether a session goes through a tunnel the event does not say.
      if (event.method === 'session.opened') this.#inBackground(this.#sessions);
      // That a file begins, or waits, no event of its own says.
      const isOurs = event.method === 'contact.changed' && event.params.contact === this.#contact;
      if (isOurs && hasOpenFile(this.#state.log)) this.#inBackground(this.#newest);
    });
    await Promise.all([this.#newest.refresh(), this.#sessions.refresh()]);
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** What the program knows anew of the contact; reads the newest page if somebody else wrote in it. */
  setContact(contact: Contact): void {
    if (contact === this.#state.contact) return;
    this.#change({ kind: 'contact', contact });
    const { isLoaded, log, sending } = this.#state;
    const last = contact.lastMessage;
    const isKnown =
      last === undefined ? log.entries.length === 0 : hasMessage(this.#state, last.id);
    if (isLoaded && !isKnown && sending === 0) this.#inBackground(this.#newest);
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
    while (!hasMessage(this.#state, id)) {
      const { first } = this.#state.log;
      await this.readOlder(MAX_PAGE_MESSAGES);
      if (this.#state.log.first === first) return false;
    }
    return true;
  }

  /** Resolves once the text is stored and shown. @throws what `message.send` throws */
  async send(text: string, replyTo: string | undefined): Promise<void> {
    const reply = replyTo === undefined ? {} : { replyTo };
    const contact = this.#contact;
    this.#change({ kind: 'sending' });
    try {
      const sent = await this.#client.call('message.send', { contact, text, ...reply });
      const message: Message = { ...sent, contact, direction: 'out', text, ...reply };
      this.#arrived.add(message.id);
      this.#change({ kind: 'sent', message });
    } catch (error) {
      this.#change({ kind: 'not sent' });
      throw error;
    }
  }

  /** `path` is absolute. @throws what `file.send` throws */
  async sendFile(path: string): Promise<void> {
    await this.#client.call('file.send', { contact: this.#contact, path });
    await this.#newest.refresh();
  }

  async onFile(what: 'accept' | 'decline' | 'cancel', { id, contact }: FileInfo): Promise<void> {
    await this.#client.call(`file.${what}`, { id, contact });
    await this.#newest.refresh();
  }

  async takeBack(id: string): Promise<void> {
    await this.#client.call('message.cancel', { id });
  }

  /** Ends one's sessions in a role, and says how many there were. */
  async closeSessions(role: Role): Promise<number> {
    const sessions = sessionsOf(this.#state.connection).filter((session) => session.role === role);
    for (const { id } of sessions) await this.#client.call('session.close', { session: id });
    return sessions.length;
  }

  async search(query: string, limit: number): Promise<SearchResult> {
    return this.#client.call('message.search', { query, contact: this.#contact, limit });
  }

  async safetyNumber(): Promise<{ number: string; verified: boolean }> {
    return this.#client.call('contact.safetyNumber', { contact: this.#contact });
  }

  async setVerified(): Promise<void> {
    await this.#client.call('contact.setVerified', { contact: this.#contact, verified: true });
  }

  say(text: string, isWarning = false): void {
    this.#change({ kind: 'notice', text, isWarning });
  }

  /** The person has seen everything down to the end. */
  markRead(): void {
    const newest = this.#state.log.entries.findLast(
      (entry) => entry.kind === 'message' && entry.message.direction === 'in',
    );
    if (newest?.kind !== 'message' || newest.message.id === this.#markedTo) return;
    const { id, state } = newest.message;
    this.#markedTo = id;
    if (state === 'read' && this.#state.contact.unread === 0) return;
    // Only a count and a receipt depend on it, and the next time it is said again.
    this.#client
      .call('message.markRead', { contact: this.#contact, upTo: id })
      .catch(() => undefined);
  }

  keyPressed(): void {
    if (this.#state.connection.kind !== 'connected') return;
    const now = this.#now();
    if (now - this.#typingToldAt < TYPING_AT_MOST_EVERY_MS) return;
    this.#typingToldAt = now;
    // Nothing depends on it; if the account is gone, that is told by itself.
    this.#client.call('message.typing', { contact: this.#contact }).catch(() => undefined);
  }

  get #contact(): string {
    return this.#state.contact.id;
  }

  async #readNewest(): Promise<void> {
    const arrived = new Set<string>();
    this.#arrived = arrived;
    const limit = PAGE_MESSAGES;
    const page = await this.#client.call('message.history', { contact: this.#contact, limit });
    this.#change({ kind: 'newest', page, arrived });
  }

  async #readSessions(): Promise<void> {
    this.#change({ kind: 'sessions', sessions: await this.#client.call('session.list', {}) });
  }

  async #readOlder(limit: number): Promise<void> {
    const { log } = this.#state;
    const oldest = log.entries.find((entry) => entry.kind === 'message');
    if (!log.more || oldest?.kind !== 'message') return;
    const before = oldest.message.id;
    const page = await this.#client.call('message.history', {
      contact: this.#contact,
      before,
      limit,
    });
    this.#change({ kind: 'older', page });
  }

  /** What fails here has no one waiting for it: the account is gone, which is told by itself. */
  #inBackground(load: LatestLoad): void {
    load.refresh().catch(() => undefined);
  }

  #change(what: Change): void {
    const next = change(this.#state, what, this.#now());
    if (next === this.#state) return;
    this.#state = next;
    this.#changed();
  }
}

/** Whether a file among the newest messages has not ended. */
function hasOpenFile({ entries }: Log): boolean {
  return entries
    .slice(-PAGE_MESSAGES)
    .some(
      (entry) =>
        entry.kind === 'message' &&
        entry.message.file !== undefined &&
        deedsFor(entry.message.file).length > 0,
    );
}
