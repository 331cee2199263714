// Strangers at the door of a host that asks: Spec 2.7.
import type { RequestInfo } from '../../api/schemas.js';
import { MessengerError } from '../../errors.js';
import type { EventHub } from '../event-hub.js';
import { checkContactName } from '../people/display-name.js';
import type { ContactBook } from '../people/contact-book.js';
import type { IdentityText } from '../ports/identity.js';
import type { ProvenGuest } from '../ports/network.js';
import type { ContactStore, RequestStore } from '../ports/store.js';

/** Spec 2.7 and 6: strangers that wait at a time, and requests that are kept. */
const MAX_HELD = 4;
const MAX_REQUESTS = 50;

type Answer = (isWelcome: boolean) => void;

/** Keeps who asked to be let in, and those who wait for the answer. */
export class Requests {
  readonly #store: RequestStore;
  readonly #contacts: ContactStore;
  readonly #book: ContactBook;
  readonly #text: IdentityText;
  readonly #events: EventHub;
  readonly #now: () => number;
  /** By id as text: an id waits once, in its newest connection. */
  readonly #held = new Map<string, Answer>();

  constructor(options: {
    store: RequestStore;
    contacts: ContactStore;
    book: ContactBook;
    text: IdentityText;
    events: EventHub;
    now: () => number;
  }) {
    this.#store = options.store;
    this.#contacts = options.contacts;
    this.#book = options.book;
    this.#text = options.text;
    this.#events = options.events;
    this.#now = options.now;
  }

  list(): RequestInfo[] {
    return this.#store.list().map(({ id, receivedAt }) => ({
      id: this.#text.encodeId(id),
      receivedAt,
      safetyNumber: this.#book.safetyNumberOf(id),
    }));
  }

  /** Stores the request, then holds the stranger until the person answers or it is gone. */
  async ask(guest: ProvenGuest): Promise<boolean> {
    const { id, signal } = guest;
    if (this.#store.isBlocked(id)) return false;
    const key = this.#text.encodeId(id);
    const outcome = await this.#store.add({ id, receivedAt: this.#now() }, { limit: MAX_REQUESTS });
    if (outcome === 'full' || signal.aborted) return false;
    if (outcome === 'added') this.#events.emit({ method: 'request.received', params: { id: key } });
    this.#held.get(key)?.(false);
    if (this.#held.size >= MAX_HELD) return false;
    guest.hold();
    return new Promise((resolve) => {
      const answer: Answer = (isWelcome) => {
        if (this.#held.get(key) === answer) this.#held.delete(key);
        resolve(isWelcome);
      };
      this.#held.set(key, answer);
      signal.addEventListener('abort', () => answer(false), { once: true });
    });
  }

  /** Resolves with the id of the new contact. @throws MessengerError `no_such_request`, `invalid_name`, `contact_exists` */
  async accept(textId: string, name: string): Promise<string> {
    const id = this.#find(textId);
    await this.#contacts.add({ id, name: checkContactName(name), addedAt: this.#now() });
    await this.#store.remove(id);
    this.#held.get(this.#text.encodeId(id))?.(true);
    return this.#text.encodeId(id);
  }

  /** @throws MessengerError `no_such_request` */
  async decline(textId: string, options: { block: boolean }): Promise<void> {
    const id = this.#find(textId);
    if (options.block) await this.#store.block(id, this.#now());
    await this.#store.remove(id);
    this.#held.get(this.#text.encodeId(id))?.(false);
  }

  /** Who has become a contact in another way asks no more. */
  async settle(id: Uint8Array): Promise<void> {
    await this.#store.unblock(id);
    await this.#store.remove(id);
    this.#held.get(this.#text.encodeId(id))?.(true);
  }

  #find(textId: string): Uint8Array {
    const id = this.#text.decodeId(textId);
    const key = this.#text.encodeId(id);
    if (this.#store.list().some((request) => this.#text.encodeId(request.id) === key)) return id;
    throw new MessengerError(
      'no_such_request',
      'Nobody with this public key asks to be let in. request.list shows who does.',
    );
  }
}
