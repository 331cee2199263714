import { KIND_PROFILE } from '../application/kinds.js';
import { Addresses } from './addresses/addresses.js';
import { Archive } from './delivery/archive.js';
import { Delivery } from './delivery/delivery.js';
import { RecordIntake } from './delivery/record-intake.js';
import { EventHub } from './event-hub.js';
import { FileExchange } from './files/file-exchange.js';
import { LiveProgress } from './files/live-progress.js';
import { Hosting } from './hosting/hosting.js';
import { ContactBook } from './people/contact-book.js';
import { ContactDesk } from './people/contact-desk.js';
import { Profile } from './people/profile.js';
import type { Clock } from './ports/clock.js';
import type { Files } from './ports/files.js';
import type { IdentityText, Signer } from './ports/identity.js';
import { CLOSE_CODE, type Network } from './ports/network.js';
import type { Tunnels } from './ports/tunnel.js';
import type { Stores, WriteConversation } from './ports/store.js';
import { Removal } from './removal.js';
import { Dialling } from './sessions/dialling.js';
import { SessionRegistry } from './sessions/session-registry.js';
import { AccountSettings } from './settings.js';

export interface AccountPorts {
  readonly ownId: string;
  /** What contacts are told this account would like to be called, until the person says otherwise. */
  readonly profileName: string;
  readonly store: Stores;
  readonly text: IdentityText;
  readonly signer: Signer;
  readonly network: Network;
  readonly tunnels: Tunnels;
  readonly files: Files;
  readonly writeConversation: WriteConversation;
  /** Where accepted files go unless the person says otherwise. */
  readonly filesFolder: string;
  readonly clock: Clock;
}

/** An unlocked account at work: its rules, wired together over its ports. */
export class Account {
  readonly events = new EventHub();
  readonly settings: AccountSettings;
  readonly contacts: ContactBook;
  readonly sessions: SessionRegistry;
  readonly delivery: Delivery;
  readonly archive: Archive;
  readonly files: FileExchange;
  readonly removal: Removal;
  readonly dialling: Dialling;
  readonly hosting: Hosting;
  readonly desk: ContactDesk;

  constructor(ports: AccountPorts) {
    const { ownId, profileName, store, text, signer, network, tunnels, clock } = ports;
    const { events } = this;
    const now = (): number => clock.now();
    const settings = new AccountSettings({ store: store.settings, profileName });
    const contacts = new ContactBook({ store: store.contacts, text, now, ownId });
    const profile = new Profile({ contacts, settings, events });
    const progress = new LiveProgress();
    const delivery = new Delivery({
      store: store.messages,
      progress,
      contacts,
      settings,
      events,
      clock,
      ownId,
    });
    const addresses = new Addresses({
      contacts: store.contacts,
      settings: store.settings,
      text,
      signer,
      network,
      events,
      now,
      ownId,
      sessions: () => this.sessions,
      dial: (contact) => this.dialling.reconnector.begin(contact),
      visit: (contact) => this.dialling.connector.connect({ contact, isAutomatic: true }),
    });
    const files = new FileExchange({
      store,
      files: ports.files,
      folder: ports.filesFolder,
      contacts,
      outbox: delivery.outbox,
      acknowledgements: delivery.acknowledgements,
      progress,
      settings,
      events,
      clock,
      ownId,
      sessions: () => this.sessions,
    });
    const records = new RecordIntake(
      new Map([
        ...delivery.handlers,
        ...files.handlers,
        ...addresses.handlers,
        [KIND_PROFILE, (session, body) => profile.take(session, body)],
      ]),
    );
    this.settings = settings;
    this.contacts = contacts;
    this.delivery = delivery;
    this.archive = new Archive({
      store,
      write: ports.writeConversation,
      files: ports.files,
      contacts,
      settings,
      events,
      ownId,
    });
    this.files = files;
    this.removal = new Removal(delivery.conversations, this.archive, files.desk);
    void files.settle();
    this.sessions = new SessionRegistry({
      events,
      now,
      listeners: {
        onOpen: (session) => {
          this.dialling.opened(session);
          addresses.opened(session);
          void profile.tell(session);
          void records.read(session);
        },
        onNewest: (contact, session) => {
          delivery.newestChanged(contact, session);
          void files.newestChanged(session);
        },
        willReconnect: (session, end) => this.dialling.reconnector.willReconnect(session, end),
        onEnd: (session, end) => {
          this.dialling.ended(session, end);
          void files.suspend(session);
        },
      },
    });
    this.dialling = new Dialling({
      network,
      text,
      contacts,
      store: store.contacts,
      addresses: addresses.book,
      sessions: this.sessions,
      settings,
      events,
      clock,
      onUnreachable: (contact) => addresses.moves.unreachable(contact),
    });
    this.hosting = new Hosting({
      store,
      network,
      tunnels,
      text,
      contacts,
      sessions: this.sessions,
      events,
      now,
      ownId,
      onAddresses: (hosted) => addresses.hosted(hosted),
    });
    void this.hosting.invites.prune();
    this.desk = new ContactDesk({
      contacts,
      events,
      sessions: this.sessions,
      hosting: this.hosting,
      files: files.desk,
      settings,
      onDismiss: (contact) => {
        this.dialling.reconnector.stop(contact);
        addresses.moves.forget(contact);
      },
    });
  }

  /** Ends every session with a contact as the person's own decision, and dials it no more. */
  async disconnect(reference: string): Promise<void> {
    const contact = this.contacts.textId(this.contacts.resolve(reference).id);
    this.dialling.reconnector.stop(contact);
    await this.sessions.endWith(contact);
  }

  /** Makes an invite to where this account hosts, or to `urls`. */
  async invite(wanted: {
    contactName?: string | undefined;
    expiresInSeconds: number;
    urls?: readonly string[] | undefined;
  }): Promise<{ id: string; invite: string; expiresAt: number }> {
    const { host, invites } = this.hosting;
    const urls = wanted.urls ?? host.running?.announced ?? [];
    return invites.create({ ...wanted, urls, ownName: this.settings.current.profileName });
  }

  /** Stops hosting and dialling, and ends every session; peers see a shutdown. */
  async close(): Promise<void> {
    this.dialling.close();
    await this.hosting.host.stop();
    await this.sessions.endAll(() => true, CLOSE_CODE.shutdown);
    await this.files.suspend();
  }
}
