import { MessengerError } from '../../errors.js';
import { type AddressBook, typedAddress } from '../addresses/address-book.js';
import type { ContactBook } from '../people/contact-book.js';
import type { Dialler } from './dialler.js';
import type { Session } from './session-registry.js';

/** Connects to contacts who host. */
export class Connector {
  readonly #contacts: ContactBook;
  readonly #addresses: AddressBook;
  readonly #dialler: Dialler;

  constructor(options: { contacts: ContactBook; addresses: AddressBook; dialler: Dialler }) {
    this.#contacts = options.contacts;
    this.#addresses = options.addresses;
    this.#dialler = options.dialler;
  }

  /**
   * Resolves once both sides are authenticated: at `url`, or at the first of the known addresses.
   * `isAutomatic`: nobody waits for it, and it gives way to an attempt somebody does wait for.
   */
  async connect(options: {
    contact: string;
    url?: string | undefined;
    isAutomatic?: boolean;
  }): Promise<Session> {
    const { contact: reference, url, isAutomatic = false } = options;
    const { id } = this.#contacts.resolve(reference);
    return this.#dialler.run(id, { isAutomatic }, (signal) => {
      if (this.#contacts.resolve(this.#contacts.textId(id)).blocked) {
        throw new MessengerError(
          'not_accepted',
          'This contact is blocked. Unblock it first to connect.',
        );
      }
      const addresses = url === undefined ? this.#addresses.of(id) : [typedAddress(url)];
      return this.#dialler.reach({ peerId: id, addresses }, signal);
    });
  }
}
