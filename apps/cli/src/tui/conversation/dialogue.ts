import type {
  Contact,
  FileInfo,
  GravyClient,
  GravyEvent,
  Message,
  ResultOf,
  Role,
} from '@gravy/messenger';
import type { FileDeed } from '../../file/file-deeds.js';
import { LatestLoad } from '../../chat/latest-load.js';
import { sessionsOf } from './connection.js';
import {
  beginConversation,
  type Change,
  change,
  type ConversationState,
  hasMessage,
} from './conversation-state.js';
import { HistoryPages } from './history-pages.js';
import { hasOpenFile } from './log/open-files.js';

/** Events of one message or file, which say more than a page that was read before them. */
const TELLS_NEWS: ReadonlySet<GravyEvent['method']> = new Set([
  'message.state',
  'file.progress',
  'file.completed',
  'file.failed',
]);
const TYPING_AT_MOST_EVERY_MS = 3_000;

export type SearchResult = ResultOf<'message.search'>;

/** One contact's conversation with the core: events in, calls out, and what is known of it in between. */
export class Dialogue {
  readonly #client: GravyClient;
  readonly #changed: () => void;
  readonly #now: () => number;
  readonly pages: HistoryPages;
  readonly #sessions = new LatestLoad(() => this.#readSessions());
  #state: ConversationState;
  #unsubscribe: (() => void) | undefined;
  #markedTo: string | undefined;
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
    this.pages = new HistoryPages(options.client, this);
  }

  get state(): ConversationState {
    return this.#state;
  }

  /** To be called by what reads from the core, too. */
  apply(what: Change): void {
    const next = change(this.#state, what, this.#now());
    if (next === this.#state) return;
    this.#state = next;
    this.#changed();
  }

  /** Listens, and reads the newest page. Rejects if it cannot be read. */
  async start(): Promise<void> {
    this.#unsubscribe = this.#client.onEvent((event) => {
      if (event.method === 'message.received') this.pages.arrived(event.params.message.id);
      if (TELLS_NEWS.has(event.method) && 'id' in event.params) this.pages.told(event.params.id);
      this.apply({ kind: 'event', event });
      // Whether a session goes through a tunnel the event does not say.
      if (event.method === 'session.opened') this.#inBackground(this.#sessions.refresh());
      // That a file begins, or waits, no event of its own says.
      const isOurs = event.method === 'contact.changed' && event.params.contact === this.#contact;
      if (isOurs && hasOpenFile(this.#state.log)) this.#inBackground(this.pages.readNewest());
    });
    await Promise.all([this.pages.readNewest(), this.#sessions.refresh()]);
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** What the program knows anew of the contact; reads the newest page if somebody else wrote in it. */
  setContact(contact: Contact): void {
    if (contact === this.#state.contact) return;
    this.apply({ kind: 'contact', contact });
    const { isLoaded, log, sending } = this.#state;
    const last = contact.lastMessage;
    const isKnown =
      last === undefined ? log.entries.length === 0 : hasMessage(this.#state, last.id);
    if (isLoaded && !isKnown && sending === 0) this.#inBackground(this.pages.readNewest());
  }

  /** Resolves once the text is stored and shown. @throws what `message.send` throws */
  async send(text: string, replyTo: string | undefined): Promise<void> {
    const reply = replyTo === undefined ? {} : { replyTo };
    const contact = this.#contact;
    this.apply({ kind: 'sending' });
    try {
      const sent = await this.#client.call('message.send', { contact, text, ...reply });
      const message: Message = { ...sent, contact, direction: 'out', text, ...reply };
      this.pages.arrived(message.id);
      this.apply({ kind: 'sent', message });
    } catch (error) {
      this.apply({ kind: 'not sent' });
      throw error;
    }
  }

  /** `path` is absolute. @throws what `file.send` throws */
  async sendFile(path: string): Promise<void> {
    await this.#client.call('file.send', { contact: this.#contact, path });
    await this.pages.readNewest();
  }

  async onFile(what: FileDeed, { id, contact }: FileInfo): Promise<void> {
    await this.#client.call(`file.${what}`, { id, contact });
    await this.pages.readNewest();
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
    this.apply({ kind: 'notice', text, isWarning });
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

  async #readSessions(): Promise<void> {
    this.apply({ kind: 'sessions', sessions: await this.#client.call('session.list', {}) });
  }

  /** What fails here has no one waiting for it: the account is gone, which is told by itself. */
  #inBackground(load: Promise<void>): void {
    load.catch(() => undefined);
  }
}
