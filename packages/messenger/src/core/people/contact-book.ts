import type { Contact } from '../../api/schemas.js';
import { MessengerError } from '../../errors.js';
import { messageView } from '../delivery/message-view.js';
import type { IdentityText } from '../ports/identity.js';
import type { ContactStore, ListedContact, StoredContact } from '../ports/store.js';
import { checkContactName, cleanSuggestedName, freeName, placeholderName } from './display-name.js';

/** The people this account knows. A contact is named by its id or by its name. */
export class ContactBook {
  readonly #store: ContactStore;
  readonly #text: IdentityText;
  readonly #now: () => number;
  readonly #ownId: string;
  /** Of ids that the store gives again and again: their checksum is not taken anew for each text. */
  readonly #textIds = new WeakMap<Uint8Array, string>();

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
    const known = this.#textIds.get(id);
    if (known !== undefined) return known;
    const text = this.#text.encodeId(id);
    this.#textIds.set(id, text);
    return text;
  }

  /** By the `gravy1...` id alone. */
  findByText(textId: string): StoredContact | undefined {
    return this.#store.get(this.#text.decodeId(textId));
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
      this.#store.findByName(reference.normalize('NFC').trim()) ?? this.#findByLikelyId(reference);
    if (contact === undefined) {
      throw new MessengerError(
        'no_such_contact',
        'No contact has that name or id. contact.list shows all; contact.add adds one.',
      );
    }
    return contact;
  }

  list(isOnline: (contact: string) => boolean): Contact[] {
    return this.#store.list().map((contact) => this.#view(contact, isOnline));
  }

  /** One contact as `list` gives it; undefined if it is none. */
  show(textId: string, isOnline: (contact: string) => boolean): Contact | undefined {
    const contact = this.#store.getListed(this.#text.decodeId(textId));
    return contact === undefined ? undefined : this.#view(contact, isOnline);
  }

  /** @throws MessengerError `invalid_id`, `unsafe_id`, `invalid_name`, `contact_exists` */
  async add(options: { id: string; name: string; url?: string | undefined }): Promise<string> {
    const id = this.#text.decodeId(options.id);
    await this.#store.add({
      id,
      name: checkContactName(options.name),
      addedAt: this.#now(),
      addresses:
        options.url === undefined ? [] : [{ url: options.url, origin: 'user', publicOnly: false }],
    });
    return this.textId(id);
  }

  /**
   * A name for somebody the person has not named: what they suggest, cleaned, or one made up. A name
   * that another contact has is never given a second time; their own counts as free.
   */
  unnamed(id: Uint8Array, suggestion: string | undefined): string {
    const wanted = suggestion === undefined ? undefined : cleanSuggestedName(suggestion);
    return freeName(wanted ?? placeholderName(this.textId(id)), (candidate) => {
      const holder = this.#store.findByName(candidate);
      return holder !== undefined && Buffer.compare(holder.id, id) !== 0;
    });
  }

  /** Spec 8.7: takes what a contact would like to be called, unless the person has named it. */
  async suggestName(id: Uint8Array, suggestion: string): Promise<boolean> {
    const contact = this.#store.get(id);
    const wanted = cleanSuggestedName(suggestion);
    if (contact === undefined || contact.isNamed || wanted === undefined) return false;
    // The suggestion of last time, perhaps with a number, is not given another number.
    if (contact.name.replace(/ \(\d+\)$/u, '') === wanted) return false;
    const name = this.unnamed(id, wanted);
    if (name === contact.name) return false;
    await this.#store.rename(id, name, false);
    return true;
  }

  /** @throws MessengerError `contact_exists` */
  requireFreeName(name: string): void {
    if (this.#store.findByName(name) === undefined) return;
    throw new MessengerError(
      'contact_exists',
      'A contact of that name exists already. Choose another name.',
    );
  }

  async rename(reference: string, name: string): Promise<string> {
    const { id } = this.resolve(reference);
    await this.#store.rename(id, checkContactName(name));
    return this.textId(id);
  }

  /** Resolves with the wire ids of the texts that waited for the contact and have failed now. */
  async remove(
    reference: string,
  ): Promise<{ contact: string; id: Uint8Array; failed: readonly Uint8Array[] }> {
    const { id } = this.resolve(reference);
    const failed = await this.#store.remove(id);
    return { contact: this.textId(id), id, failed };
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

  safetyNumber(reference: string): { number: string; verified: boolean } {
    const { id, verified } = this.resolve(reference);
    return { number: this.safetyNumberOf(id), verified };
  }

  /** With anybody, also a stranger. */
  safetyNumberOf(id: Uint8Array): string {
    return this.#text.safetyNumber(this.#text.decodeId(this.#ownId), id);
  }

  #view(contact: ListedContact, isOnline: (contact: string) => boolean): Contact {
    const id = this.textId(contact.id);
    const { lastMessage } = contact;
    return {
      id,
      name: contact.name,
      named: contact.isNamed,
      verified: contact.verified,
      blocked: contact.blocked,
      online: isOnline(id),
      addresses: contact.addresses.map(({ url }) => url),
      unread: contact.unread,
      ...(lastMessage === undefined
        ? {}
        : { lastMessage: messageView(lastMessage, id, this.#ownId) }),
    };
  }

  #findByLikelyId(reference: string): StoredContact | undefined {
    // Only what looks like an id is decoded: a mistyped name must not be called a mistyped key.
    return /^\s*gravy1/iu.test(reference) ? this.findByText(reference) : undefined;
  }
}
