import type { Contact } from '../api/schemas.js';
import { MessengerError } from '../errors.js';
import { checkContactName } from './display-name.js';
import { messageView } from './message-view.js';
import type { ContactAddress, ContactStore, IdentityText, StoredContact } from './ports.js';

/** Spec 8.6: at most this many addresses are kept for a contact, the newest first. */
const MAX_ADDRESSES = 8;

/** The people this account knows. A contact is named by its id or by its name. */
export class ContactBook {
  readonly #store: ContactStore;
  readonly #text: IdentityText;
  readonly #now: () => number;
  readonly #ownId: string;

  constructor(options: {
    store: ContactStore;
    text: IdentityText;
    now: () => number;
    ownId: string;
  }) {
    this.#store = options.store;
    this.#text = options.text;
    this.#now = options.now;
    this.#ownId = options.ownId;
  }

  textId(id: Uint8Array): string {
    return this.#text.encodeId(id);
  }

  findById(id: Uint8Array): StoredContact | undefined {
    return this.#store.get(id);
  }

  /** Whether the holder of this id may have a session. */
  isWelcome(id: Uint8Array): boolean {
    return this.#store.get(id)?.blocked === false;
  }

  /** @throws MessengerError `no_such_contact` */
  resolve(reference: string): StoredContact {
    const contact =
      this.#store.findByName(reference.normalize('NFC').trim()) ?? this.#findByText(reference);
    if (contact === undefined) {
      throw new MessengerError(
        'no_such_contact',
        'No contact has that name or id. contact.list shows all; contact.add adds one.',
      );
    }
    return contact;
  }

  list(isOnline: (contact: string) => boolean): Contact[] {
    return this.#store.list().map((contact) => {
      const id = this.textId(contact.id);
      const { lastMessage } = contact;
      return {
        id,
        name: contact.name,
        verified: contact.verified,
        blocked: contact.blocked,
        online: isOnline(id),
        addresses: contact.addresses.map(({ url }) => url),
        unread: contact.unread,
        ...(lastMessage === undefined
          ? {}
          : { lastMessage: messageView(lastMessage, id, this.#ownId) }),
      };
    });
  }

  /** @throws MessengerError `invalid_id`, `unsafe_id`, `invalid_name`, `contact_exists` */
  async add(options: { id: string; name: string; url?: string | undefined }): Promise<string> {
    const id = this.#text.decodeId(options.id);
    await this.#store.add({
      id,
      name: checkContactName(options.name),
      addedAt: this.#now(),
      addresses: options.url === undefined ? [] : [givenAddress(options.url)],
    });
    return this.textId(id);
  }

  async rename(reference: string, name: string): Promise<string> {
    const { id } = this.resolve(reference);
    await this.#store.rename(id, checkContactName(name));
    return this.textId(id);
  }

  async remove(reference: string): Promise<string> {
    const { id } = this.resolve(reference);
    await this.#store.remove(id);
    return this.textId(id);
  }

  async setBlocked(reference: string, blocked: boolean): Promise<string> {
    const { id } = this.resolve(reference);
    await this.#store.setBlocked(id, blocked);
    return this.textId(id);
  }

  async setVerified(reference: string, verified: boolean): Promise<string> {
    const { id } = this.resolve(reference);
    await this.#store.setVerified(id, verified);
    return this.textId(id);
  }

  /** Gives the contact another key; resolves with both ids. */
  async replaceKey(reference: string, newId: string): Promise<{ old: string; new: string }> {
    const { id } = this.resolve(reference);
    const replacement = this.#text.decodeId(newId);
    await this.#store.replaceKey(id, replacement);
    return { old: this.textId(id), new: this.textId(replacement) };
  }

  async rememberAddress(id: Uint8Array, url: string): Promise<void> {
    const contact = this.#store.get(id);
    if (contact === undefined || contact.addresses[0]?.url === url) return;
    const others = contact.addresses.filter((address) => address.url !== url);
    await this.#store.setAddresses(id, [givenAddress(url), ...others].slice(0, MAX_ADDRESSES));
  }

  safetyNumber(reference: string): { number: string; verified: boolean } {
    const { id, verified } = this.resolve(reference);
    return {
      number: this.#text.safetyNumber(this.#text.decodeId(this.#ownId), id),
      verified,
    };
  }

  #findByText(reference: string): StoredContact | undefined {
    // Only what looks like an id is decoded: a mistyped name must not be called a mistyped key.
    if (!/^\s*gravy1/iu.test(reference)) return undefined;
    return this.#store.get(this.#text.decodeId(reference));
  }
}

function givenAddress(url: string): ContactAddress {
  return { url, origin: 'user', publicOnly: false };
}
