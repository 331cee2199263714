import type { EventHub } from '../event-hub.js';
import type { SettingStore } from '../ports/store.js';

const KNOWN_URL_KEY = 'announced url';

/** Contacts are ids as text. */
export interface MovePlan {
  isOnline(contact: string): boolean;
  /** Begins to dial the contact, until it answers; false if there is no address to dial. */
  dial(contact: string): boolean;
  /** Contacts who have said where they host. */
  hosts(): readonly string[];
  /** Dials the contact, once. */
  visit(contact: string): Promise<unknown>;
}

/**
 * When this account comes to host elsewhere: finds the contacts who came to the old address and are
 * not here to hear the new one. Who can be dialled is; of the others the person is told what to send
 * them by another way. Who came before this process began is not known; but who hosts as well is paid
 * a visit, and hears it so.
 */
export class MoveWatch {
  readonly #plan: MovePlan;
  readonly #settings: SettingStore;
  readonly #events: EventHub;
  readonly #ownId: string;
  /** Who came to the address of now as a guest, or is known to have heard it. */
  readonly #informed = new Set<string>();
  /** Who came to an earlier one, and has not been reached since. */
  readonly #lost = new Set<string>();

  constructor(options: {
    plan: MovePlan;
    settings: SettingStore;
    events: EventHub;
    ownId: string;
  }) {
    this.#plan = options.plan;
    this.#settings = options.settings;
    this.#events = options.events;
    this.#ownId = options.ownId;
  }

  sessionOpened(contact: string, role: 'host' | 'guest'): void {
    this.#lost.delete(contact);
    if (role === 'host') this.#informed.add(contact);
  }

  /** This account hosts at `url` now. */
  movedTo(url: string): void {
    if (this.#settings.get(KNOWN_URL_KEY) === url) return;
    void this.#settings.set(KNOWN_URL_KEY, url).catch(() => undefined); // else it is noticed again
    for (const contact of this.#informed) this.#lost.add(contact);
    this.#informed.clear();
    for (const contact of this.#lost) {
      if (this.#plan.isOnline(contact)) this.sessionOpened(contact, 'host');
      else if (!this.#plan.dial(contact)) this.#tell(contact);
    }
    // Once the account is closed its store answers no more: then there is nobody to visit either.
    this.#visitHosts(url).catch(() => undefined);
  }

  /** One after the other: there may be many, and most may be away. */
  async #visitHosts(url: string): Promise<void> {
    for (const contact of this.#plan.hosts()) {
      if (this.#settings.get(KNOWN_URL_KEY) !== url) return; // moved on meanwhile
      if (this.#lost.has(contact) || this.#plan.isOnline(contact)) continue;
      // Whoever does not answer is away, or hosts elsewhere too: a later session tells both.
      await this.#plan.visit(contact).catch(() => undefined);
    }
  }

  /** None of the contact's addresses answers. */
  unreachable(contact: string): void {
    if (this.#lost.has(contact)) this.#tell(contact);
  }

  forget(contact: string): void {
    this.#informed.delete(contact);
    this.#lost.delete(contact);
  }

  #tell(contact: string): void {
    const url = this.#settings.get(KNOWN_URL_KEY);
    if (url === undefined) return;
    const line = `gravy connect ${url} ${this.#ownId}`;
    this.#events.emit({ method: 'contact.stranded', params: { contact, url, line } });
  }
}
