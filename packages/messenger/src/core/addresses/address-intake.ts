// Taking ADDRESS records: Spec 8.6.
import {
  ADDRESS_CONTEXT,
  addressSignatureBody,
  decodeAddress,
} from '../../application/address-body.js';
import type { EventHub } from '../event-hub.js';
import type { IdentityText, Signer } from '../ports/identity.js';
import type { Network, Proximity } from '../ports/network.js';
import type { ContactAddress, ContactStore } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import type { AddressBook } from './address-book.js';

/** Learns from contacts where they can be reached. */
export class AddressIntake {
  readonly #contacts: ContactStore;
  readonly #book: AddressBook;
  readonly #text: IdentityText;
  readonly #signer: Signer;
  readonly #network: Network;
  readonly #events: EventHub;

  constructor(options: {
    contacts: ContactStore;
    book: AddressBook;
    text: IdentityText;
    signer: Signer;
    network: Network;
    events: EventHub;
  }) {
    this.#contacts = options.contacts;
    this.#book = options.book;
    this.#text = options.text;
    this.#signer = options.signer;
    this.#network = options.network;
    this.#events = options.events;
  }

  /** @throws MalformedBodyError; what is old or not signed by the peer is ignored. */
  async take(session: Session, bytes: Uint8Array): Promise<void> {
    const address = decodeAddress(bytes);
    const { peerId } = session.channel;
    const contact = this.#contacts.get(peerId);
    if (contact === undefined || address.seq <= contact.addressSequence) return;
    const body = addressSignatureBody(peerId, address);
    const claim = { id: peerId, context: ADDRESS_CONTEXT, body, signature: address.sig };
    if (!this.#signer.verify(claim)) return;
    const announced = address.urls
      .filter((url) => this.#text.isInviteUrl(url))
      .map((url) => this.#announced(url, session.proximity))
      .filter((entry) => entry !== undefined);
    await this.#book.replaceAnnounced(peerId, announced, address.seq);
    this.#events.emit({ method: 'contact.changed', params: { contact: session.contact } });
  }

  /**
   * A peer must not make this machine knock on its owner's network: what is said from afar is dialled
   * only if it is public, and only who is on this machine may name an address of it.
   */
  #announced(url: string, over: Proximity): ContactAddress | undefined {
    const leadsTo = this.#network.proximityOf(url);
    if (leadsTo === 'loopback' && over !== 'loopback') return undefined;
    if (leadsTo === 'private' && over === 'public') return undefined;
    // A name that looks public must lead there: its owner may let it mean this machine.
    return { url, origin: 'contact', publicOnly: over === 'public' || leadsTo === 'public' };
  }
}
