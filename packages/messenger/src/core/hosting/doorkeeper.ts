// Who gets in: Spec 2.7 and 6.
import type { Policy } from '../../api/schemas.js';
import { farther } from '../addresses/nearness.js';
import type { ContactBook } from '../people/contact-book.js';
import {
  CLOSE_CODE,
  type Doorkeeper,
  type Link,
  type Proximity,
  type ProvenGuest,
} from '../ports/network.js';
import type { SessionRegistry } from '../sessions/session-registry.js';
import { HandshakeAllowance } from './handshake-allowance.js';
import type { Invites } from './invites.js';
import type { Requests } from './requests.js';

/** Lets in contacts, bearers of invites, and under the policy "ask" whomever the person accepts. */
export class HostDoorkeeper implements Doorkeeper {
  readonly #contacts: ContactBook;
  readonly #invites: Invites;
  readonly #requests: Requests;
  readonly #sessions: SessionRegistry;
  readonly #now: () => number;
  readonly #policy: Policy;
  readonly #reach: Proximity;
  readonly #handshakes: HandshakeAllowance;

  constructor(options: {
    contacts: ContactBook;
    invites: Invites;
    requests: Requests;
    sessions: SessionRegistry;
    now: () => number;
    policy: Policy;
    /** Guests may be as far away as this, however near their sockets say they are: a proxy may stand in between. */
    reach: Proximity;
  }) {
    this.#contacts = options.contacts;
    this.#invites = options.invites;
    this.#requests = options.requests;
    this.#sessions = options.sessions;
    this.#now = options.now;
    this.#policy = options.policy;
    this.#reach = options.reach;
    this.#handshakes = new HandshakeAllowance(options.now());
  }

  admitHandshake(address: string | undefined): boolean {
    return this.#handshakes.take(address, this.#now());
  }

  openInvites(): { key: Uint8Array; psk: Uint8Array }[] {
    return this.#invites.open();
  }

  async authorize(guest: ProvenGuest): Promise<boolean> {
    // A contact who comes by an invite is simply a contact, and one that is blocked meets silence.
    const contact = this.#contacts.findById(guest.id);
    if (contact !== undefined) return !contact.blocked;
    if (guest.invite !== undefined && (await this.#invites.claim(guest.invite, guest.id))) {
      await this.#requests.settle(guest.id);
      return true;
    }
    return this.#policy === 'ask' ? this.#requests.ask(guest) : false;
  }

  receive({ channel, remoteAddress, proximity, tunnel }: Link): void {
    if (!this.#contacts.isWelcome(channel.peerId)) {
      void channel.close(CLOSE_CODE.noLongerContact); // removed while the handshake finished
      return;
    }
    this.#sessions.open({
      contact: this.#contacts.textId(channel.peerId),
      role: 'host',
      channel,
      remote: remoteAddress,
      proximity: farther(proximity, this.#reach),
      tunnel,
    });
  }
}
