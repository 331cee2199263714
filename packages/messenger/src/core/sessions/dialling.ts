import type { AddressBook } from '../addresses/address-book.js';
import type { EventHub } from '../event-hub.js';
import type { ContactBook } from '../people/contact-book.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityText } from '../ports/identity.js';
import type { ChannelEnd, Network } from '../ports/network.js';
import type { ContactStore } from '../ports/store.js';
import type { AccountSettings } from '../settings.js';
import { Connector } from './connector.js';
import { Dialler } from './dialler.js';
import { InviteBearer } from './invite-bearer.js';
import { Reconnector } from './reconnector.js';
import { Renewal } from './renewal.js';
import type { Session, SessionRegistry } from './session-registry.js';
import { WakeWatch } from './wake-watch.js';

/** All that dials: because a person asks, because a session was lost, or because one is getting old. */
export class Dialling {
  readonly connector: Connector;
  readonly bearer: InviteBearer;
  readonly reconnector: Reconnector;
  readonly #contacts: ContactBook;
  readonly #settings: AccountSettings;
  readonly #dialler: Dialler;
  readonly #renewal: Renewal;
  readonly #wakes: WakeWatch;

  constructor(options: {
    network: Network;
    text: IdentityText;
    contacts: ContactBook;
    store: ContactStore;
    addresses: AddressBook;
    sessions: SessionRegistry;
    settings: AccountSettings;
    events: EventHub;
    clock: Clock;
    onUnreachable: (contact: string) => void;
  }) {
    const { network, text, contacts, store, addresses, sessions, events, clock } = options;
    this.#contacts = contacts;
    this.#settings = options.settings;
    this.#dialler = new Dialler({ network, contacts, addresses, sessions });
    this.connector = new Connector({ contacts, addresses, dialler: this.#dialler });
    this.bearer = new InviteBearer({
      text,
      contacts,
      store,
      dialler: this.#dialler,
      now: () => clock.now(),
    });
    const dial = (contact: string): Promise<Session> =>
      this.connector.connect({ contact, isAutomatic: true });
    this.reconnector = new Reconnector({
      plan: {
        dial,
        isWanted: (contact) => this.#canDial(contact),
        isOnline: (contact) => sessions.isOnline(contact),
        onUnreachable: options.onUnreachable,
      },
      events,
      clock,
    });
    this.#renewal = new Renewal({ dial, clock });
    this.#wakes = new WakeWatch({
      clock,
      onWake: () => {
        this.reconnector.wake();
        this.#renewal.wake();
      },
    });
  }

  opened(session: Session): void {
    this.reconnector.opened(session);
    this.#renewal.opened(session);
  }

  ended(session: Session, end: ChannelEnd): void {
    this.#renewal.ended(session);
    this.reconnector.ended(session, end);
  }

  /** Gives up every attempt, due or under way. */
  close(): void {
    this.#wakes.close();
    this.#renewal.stopAll();
    this.reconnector.close();
    this.#dialler.close();
  }

  #canDial(textId: string): boolean {
    if (!this.#settings.current.reconnect) return false;
    try {
      const contact = this.#contacts.findByText(textId);
      return contact?.blocked === false && contact.addresses.length > 0;
    } catch {
      return false; // the store has failed or is closed: there is nothing to come back to
    }
  }
}
