// Coming by an invite: Spec 2.7 and 8.9.
import { MessengerError } from '../../errors.js';
import { typedAddress } from '../addresses/address-book.js';
import { checkContactName } from '../people/display-name.js';
import type { ContactBook } from '../people/contact-book.js';
import type { IdentityText, InviteText } from '../ports/identity.js';
import { CLOSE_CODE, type Link } from '../ports/network.js';
import type { ContactStore } from '../ports/store.js';
import type { Dialler } from './dialler.js';
import type { Session } from './session-registry.js';

/** Connects to whoever made an invite, and makes them a contact. */
export class InviteBearer {
  readonly #text: IdentityText;
  readonly #contacts: ContactBook;
  readonly #store: ContactStore;
  readonly #dialler: Dialler;
  readonly #now: () => number;

  constructor(options: {
    text: IdentityText;
    contacts: ContactBook;
    store: ContactStore;
    dialler: Dialler;
    now: () => number;
  }) {
    this.#text = options.text;
    this.#contacts = options.contacts;
    this.#store = options.store;
    this.#dialler = options.dialler;
    this.#now = options.now;
  }

  /**
   * @throws MessengerError `invalid_invite`, `invite_expired`, `invite_used`, `contact_exists` if the
   * name is another contact's, and what `session.connect` throws
   */
  async connect(options: { invite: string; name?: string | undefined }): Promise<Session> {
    const invite = this.#text.decodeInvite(options.invite);
    try {
      const name = options.name === undefined ? undefined : checkContactName(options.name);
      this.#refuseHopeless(invite, name);
      return await this.#come(invite, name);
    } finally {
      invite.psk.fill(0);
    }
  }

  #come(invite: InviteText, name: string | undefined): Promise<Session> {
    return this.#dialler.run(invite.id, { isAutomatic: false }, async (signal) => {
      const reached = await this.#reach(invite, signal);
      try {
        await this.#befriend(invite, name, reached.url);
        return reached;
      } catch (error) {
        // The invite stays ours until it expires: the person can try again with another name.
        void reached.link.channel.close(CLOSE_CODE.normal);
        throw error;
      }
    });
  }

  /** What can be said without asking the host. */
  #refuseHopeless(invite: InviteText, name: string | undefined): void {
    if (invite.expires * 1000 <= this.#now()) {
      throw new MessengerError(
        'invite_expired',
        'This invite has expired. Ask for another one; if it is new, check the clock of this machine.',
      );
    }
    const known = this.#contacts.findById(invite.id);
    if (known?.blocked === true) {
      throw new MessengerError(
        'not_accepted',
        'The maker of this invite is a contact you have blocked. Unblock it first to connect.',
      );
    }
    const namesake = name === undefined ? undefined : this.#store.findByName(name);
    if (known === undefined && namesake !== undefined) {
      throw new MessengerError(
        'contact_exists',
        'You know somebody else by this name. Choose another name. If it is the same person with a new key, compare the safety number before you replace the key (contact.replaceKey).',
      );
    }
  }

  /** Each address is tried with the invite, and where the host does not know that, as a mere contact. */
  async #reach(
    { id: peerId, psk, urls }: InviteText,
    signal: AbortSignal,
  ): Promise<{ link: Link; url: string }> {
    const addresses = urls.map(typedAddress);
    try {
      return await this.#dialler.reach({ peerId, addresses, psk }, signal);
    } catch (error) {
      if (isCode(error, 'not_accepted')) throw used(error);
      if (!isCode(error, 'peer_not_authentic')) throw error;
    }
    try {
      // Spec 2.7: once more without, for a contact whose invite has ended.
      return await this.#dialler.reach({ peerId, addresses }, signal);
    } catch (error) {
      throw isCode(error, 'not_accepted') ? used(error) : error;
    }
  }

  async #befriend(invite: InviteText, name: string | undefined, url: string): Promise<void> {
    const { id } = invite;
    const addresses = [url, ...invite.urls.filter((other) => other !== url)].map(typedAddress);
    const known = this.#contacts.findById(id);
    if (known !== undefined) return; // `promote` remembers the address that worked
    await this.#store.add({
      id,
      name: name ?? this.#contacts.unnamed(id, invite.name),
      isNamed: name !== undefined,
      addedAt: this.#now(),
      addresses,
    });
  }
}

function isCode(error: unknown, code: MessengerError['code']): boolean {
  return error instanceof MessengerError && error.code === code;
}

function used(cause: unknown): MessengerError {
  return new MessengerError(
    'invite_used',
    'This invite has been used by somebody else, or was revoked. Ask for another one.',
    { cause },
  );
}
