import { KIND_ADDRESS } from '../../application/kinds.js';
import type { RecordHandler } from '../delivery/record-intake.js';
import type { EventHub } from '../event-hub.js';
import type { HostAddresses } from '../hosting/host-addresses.js';
import type { IdentityText, Signer } from '../ports/identity.js';
import type { Network } from '../ports/network.js';
import type { ContactStore, SettingStore, StoredContact } from '../ports/store.js';
import type { Session, SessionRegistry } from '../sessions/session-registry.js';
import { AddressBook } from './address-book.js';
import { AddressIntake } from './address-intake.js';
import { Announcer } from './announcer.js';
import { type MovePlan, MoveWatch } from './move-watch.js';

/** Where contacts can be reached, and telling them where this account can: Spec 8.6. */
export class Addresses {
  readonly book: AddressBook;
  readonly moves: MoveWatch;
  readonly handlers: readonly (readonly [kind: number, RecordHandler])[];
  readonly #announcer: Announcer;
  readonly #sessions: () => SessionRegistry;

  constructor(options: {
    contacts: ContactStore;
    settings: SettingStore;
    text: IdentityText;
    signer: Signer;
    network: Network;
    events: EventHub;
    now: () => number;
    ownId: string;
    /** Asked for later than this object is made. */
    sessions: () => SessionRegistry;
    dial: MovePlan['dial'];
    visit: MovePlan['visit'];
  }) {
    const { contacts, settings, text, signer, network, events, now, ownId, sessions } = options;
    this.#sessions = sessions;
    this.book = new AddressBook(contacts);
    this.moves = new MoveWatch({
      plan: {
        isOnline: (contact) => sessions().isOnline(contact),
        dial: options.dial,
        hosts: () =>
          contacts
            .list()
            .filter(isHost)
            .map(({ id }) => text.encodeId(id)),
        visit: options.visit,
      },
      settings,
      events,
      ownId,
    });
    this.#announcer = new Announcer({
      ownId: text.decodeId(ownId),
      signer,
      settings,
      network,
      now,
    });
    const intake = new AddressIntake({ contacts, book: this.book, text, signer, network, events });
    this.handlers = [[KIND_ADDRESS, (session, body) => intake.take(session, body)]];
  }

  opened(session: Session): void {
    this.moves.sessionOpened(session.contact, session.role);
    void this.#announcer.announceTo(session);
  }

  /** This account hosts here now, or no more. */
  hosted(addresses: HostAddresses | undefined): void {
    this.#announcer.use(addresses?.announced ?? []);
    if (addresses === undefined) return;
    for (const session of this.#sessions().newestOfAll()) {
      void this.#announcer.announceTo(session);
    }
    this.moves.movedTo(addresses.url);
  }
}

function isHost({ blocked, addresses }: StoredContact): boolean {
  return !blocked && addresses.some(({ origin }) => origin === 'contact');
}
