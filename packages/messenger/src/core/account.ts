import { Connector } from './connector.js';
import { ContactBook } from './contact-book.js';
import { Conversations } from './conversations.js';
import { EventHub } from './event-hub.js';
import { Host } from './host.js';
import { Inbox } from './inbox.js';
import { Outbox } from './outbox.js';
import {
  CLOSE_CODE,
  type ContactStore,
  type IdentityText,
  type MessageStore,
  type Network,
} from './ports.js';
import { SessionRegistry } from './session-registry.js';

export interface AccountPorts {
  readonly ownId: string;
  readonly contacts: ContactStore;
  readonly messages: MessageStore;
  readonly text: IdentityText;
  readonly network: Network;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** An unlocked account at work: its rules, wired together over its ports. */
export class Account {
  readonly events = new EventHub();
  readonly contacts: ContactBook;
  readonly conversations: Conversations;
  readonly sessions: SessionRegistry;
  readonly host: Host;
  readonly connector: Connector;

  constructor(ports: AccountPorts) {
    const { ownId, now, network } = ports;
    const { events } = this;
    const outbox = new Outbox({ store: ports.messages, events });
    const inbox = new Inbox({ store: ports.messages, events, now, ownId });
    this.contacts = new ContactBook({ store: ports.contacts, text: ports.text, now, ownId });
    this.sessions = new SessionRegistry({
      events,
      now,
      onOpen: (session) => void inbox.read(session),
      onNewest: (contact, session) => outbox.useSession(contact, session),
    });
    this.conversations = new Conversations({
      store: ports.messages,
      contacts: this.contacts,
      outbox,
      events,
      now,
      ownId,
    });
    this.host = new Host({
      network,
      contacts: this.contacts,
      sessions: this.sessions,
      events,
      now,
    });
    this.connector = new Connector({ network, contacts: this.contacts, sessions: this.sessions });
  }

  /** Ends the sessions with someone who is welcome no more. */
  async dismiss(contact: string): Promise<void> {
    await this.sessions.endAll(
      (session) => session.contact === contact,
      CLOSE_CODE.noLongerContact,
    );
    this.events.emit({ method: 'contact.changed', params: { contact } });
  }

  /** Stops hosting and dialling, and ends every session; peers see a shutdown. */
  async close(): Promise<void> {
    this.connector.close();
    await this.host.stop();
    await this.sessions.endAll(() => true, CLOSE_CODE.shutdown);
  }
}
