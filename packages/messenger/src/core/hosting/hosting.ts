import type { EventHub } from '../event-hub.js';
import type { ContactBook } from '../people/contact-book.js';
import type { IdentityText } from '../ports/identity.js';
import type { Network } from '../ports/network.js';
import type { Tunnels } from '../ports/tunnel.js';
import type { ContactStore, InviteStore, RequestStore } from '../ports/store.js';
import type { SessionRegistry } from '../sessions/session-registry.js';
import { HostDoorkeeper } from './doorkeeper.js';
import { Host } from './host.js';
import type { HostAddresses } from './host-addresses.js';
import { Invites } from './invites.js';
import { Requests } from './requests.js';

/** All that lets others in. */
export class Hosting {
  readonly host: Host;
  readonly invites: Invites;
  readonly requests: Requests;

  constructor(options: {
    store: { contacts: ContactStore; invites: InviteStore; requests: RequestStore };
    network: Network;
    tunnels: Tunnels;
    text: IdentityText;
    contacts: ContactBook;
    sessions: SessionRegistry;
    events: EventHub;
    now: () => number;
    ownId: string;
    onAddresses: (addresses: HostAddresses | undefined) => void;
  }) {
    const { store, network, tunnels, text, contacts, sessions, events, now, ownId } = options;
    const invites = new Invites({
      store: store.invites,
      book: contacts,
      text,
      events,
      now,
      ownId: text.decodeId(ownId),
    });
    const requests = new Requests({
      store: store.requests,
      contacts: store.contacts,
      book: contacts,
      text,
      events,
      now,
    });
    this.invites = invites;
    this.requests = requests;
    this.host = new Host({
      network,
      tunnels,
      text,
      sessions,
      events,
      doorkeeper: (rules) =>
        new HostDoorkeeper({ contacts, invites, requests, sessions, now, ...rules }),
      onAddresses: options.onAddresses,
    });
  }
}
