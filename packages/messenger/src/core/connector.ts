import { MessengerError } from '../errors.js';
import type { ContactBook } from './contact-book.js';
import { Mutex } from './mutex.js';
import type { Network } from './ports.js';
import type { Session, SessionRegistry } from './session-registry.js';

/** Dials contacts who host. */
export class Connector {
  readonly #network: Network;
  readonly #contacts: ContactBook;
  readonly #sessions: SessionRegistry;
  readonly #closing = new AbortController();
  /**
   * One attempt at a time for each contact: of two that overlap, each side could take another one for
   * the newest, and both would end as superseded (Spec 6). As many entries as there are contacts.
   */
  readonly #attempts = new Map<string, Mutex>();

  constructor(options: { network: Network; contacts: ContactBook; sessions: SessionRegistry }) {
    this.#network = options.network;
    this.#contacts = options.contacts;
    this.#sessions = options.sessions;
  }

  /** Resolves once both sides are authenticated. */
  async connect(options: { url: string; contact: string }): Promise<Session> {
    const { id } = this.#contacts.resolve(options.contact);
    const key = this.#contacts.textId(id);
    const attempts = this.#attempts.get(key) ?? new Mutex();
    this.#attempts.set(key, attempts);
    return attempts.run(() => this.#attempt(options));
  }

  async #attempt(options: { url: string; contact: string }): Promise<Session> {
    const contact = this.#contacts.resolve(options.contact);
    if (contact.blocked) {
      throw new MessengerError(
        'not_accepted',
        'This contact is blocked. Unblock it first to connect.',
      );
    }
    const link = await this.#network.connect(options.url, contact.id, this.#closing.signal);
    const session = this.#sessions.open({
      contact: this.#contacts.textId(contact.id),
      role: 'guest',
      channel: link.channel,
      remote: link.remoteAddress,
      tunnel: false,
    });
    await this.#contacts.rememberAddress(contact.id, options.url);
    return session;
  }

  /** Gives up every attempt that is under way. */
  close(): void {
    this.#closing.abort();
  }
}
