import { MessengerError } from '../../errors.js';
import type { AddressBook } from '../addresses/address-book.js';
import { Mutex } from '../mutex.js';
import type { ContactBook } from '../people/contact-book.js';
import { CLOSE_CODE, type Link, type Network } from '../ports/network.js';
import type { ContactAddress } from '../ports/store.js';
import type { Session, SessionRegistry } from './session-registry.js';

/** Whom to dial, where, and with which invite. */
export interface DialPlan {
  readonly peerId: Uint8Array;
  /** Tried one after the other. */
  readonly addresses: readonly ContactAddress[];
  readonly psk?: Uint8Array | undefined;
}

/** What one address had to say, from least to most telling: of several failures the person hears the last kind. */
const TELLING = ['peer_not_authentic', 'not_accepted'];

interface Attempt {
  readonly isAutomatic: boolean;
  readonly abort: AbortController;
}

/** Makes sessions as a guest, one attempt at a time with each peer. */
export class Dialler {
  readonly #network: Network;
  readonly #contacts: ContactBook;
  readonly #addresses: AddressBook;
  readonly #sessions: SessionRegistry;
  readonly #closing = new AbortController();
  /**
   * Spec 6: of two handshakes with one server that overlap, each side could take another one for the
   * newest, and both would end as superseded. As many entries as there are contacts and invites.
   */
  readonly #turns = new Map<string, Mutex>();
  readonly #underWay = new Map<string, Attempt>();

  constructor(options: {
    network: Network;
    contacts: ContactBook;
    addresses: AddressBook;
    sessions: SessionRegistry;
  }) {
    this.#network = options.network;
    this.#contacts = options.contacts;
    this.#addresses = options.addresses;
    this.#sessions = options.sessions;
  }

  /**
   * Runs one attempt with a peer after those that are under way; an automatic one gives way to a
   * person's. The contact must be there when the link that `attempt` resolves with becomes a session.
   */
  async run(
    peerId: Uint8Array,
    options: { isAutomatic: boolean },
    attempt: (signal: AbortSignal) => Promise<{ link: Link; url: string }>,
  ): Promise<Session> {
    const key = this.#contacts.textId(peerId);
    const running = this.#underWay.get(key);
    if (!options.isAutomatic && running?.isAutomatic === true) running.abort.abort();
    const turns = this.#turns.get(key) ?? new Mutex();
    this.#turns.set(key, turns);
    return turns.run(async () => {
      const abort = new AbortController();
      const current = { ...options, abort };
      this.#underWay.set(key, current);
      try {
        const signal = AbortSignal.any([abort.signal, this.#closing.signal]);
        return await this.#open(peerId, await attempt(signal));
      } finally {
        this.#underWay.delete(key);
      }
    });
  }

  /**
   * The first address at which the peer answers and lets us in.
   * @throws MessengerError of the address that tells most
   */
  async reach(plan: DialPlan, signal: AbortSignal): Promise<{ link: Link; url: string }> {
    let failure: unknown;
    for (const { url, publicOnly } of plan.addresses) {
      try {
        const target = { url, publicOnly, peerId: plan.peerId, psk: plan.psk };
        return { link: await this.#network.connect(target, signal), url };
      } catch (error) {
        // Only the peer itself can refuse: at another of its addresses it would do so again.
        if (signal.aborted || codeOf(error) === 'not_accepted') throw error;
        if (failure === undefined || weight(error) > weight(failure)) failure = error;
      }
    }
    throw (
      failure ??
      new MessengerError(
        'no_address',
        'No address of this contact is known. Give the URL it hosts at, or ask it for an invite.',
      )
    );
  }

  /** Gives up every attempt that is under way. */
  close(): void {
    this.#closing.abort();
  }

  async #open(peerId: Uint8Array, { link, url }: { link: Link; url: string }): Promise<Session> {
    if (!this.#isWelcome(peerId)) {
      const isClosing = this.#closing.signal.aborted;
      void link.channel.close(isClosing ? CLOSE_CODE.shutdown : CLOSE_CODE.noLongerContact);
      throw new MessengerError(
        'not_accepted',
        'This contact was removed or blocked, or the account was locked meanwhile.',
      );
    }
    const session = this.#sessions.open({
      contact: this.#contacts.textId(peerId),
      role: 'guest',
      channel: link.channel,
      remote: link.remoteAddress,
      proximity: link.proximity,
      tunnel: link.tunnel,
    });
    await this.#addresses.promote(peerId, url);
    return session;
  }

  /** An account that is being closed lets nobody in: nothing may live on unseen. */
  #isWelcome(peerId: Uint8Array): boolean {
    return !this.#closing.signal.aborted && this.#contacts.isWelcome(peerId);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof MessengerError ? error.code : undefined;
}

function weight(error: unknown): number {
  return TELLING.indexOf(codeOf(error) ?? '');
}
