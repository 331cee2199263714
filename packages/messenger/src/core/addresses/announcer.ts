// Telling contacts where this account can be reached: Spec 8.6.
import {
  ADDRESS_CONTEXT,
  addressSignatureBody,
  encodeAddress,
  MAX_ADDRESS_URLS,
} from '../../application/address-body.js';
import { KIND_ADDRESS } from '../../application/kinds.js';
import type { Signer } from '../ports/identity.js';
import type { Network } from '../ports/network.js';
import type { SettingStore } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import { isAsFar } from './nearness.js';

const SEQUENCE_KEY = 'address sequence';

/** Signs and sends the URLs of a host, to each contact those that are of use to it. */
export class Announcer {
  readonly #ownId: Uint8Array;
  readonly #signer: Signer;
  readonly #settings: SettingStore;
  readonly #network: Network;
  readonly #now: () => number;
  #urls: readonly string[] = [];

  constructor(options: {
    ownId: Uint8Array;
    signer: Signer;
    settings: SettingStore;
    network: Network;
    now: () => number;
  }) {
    this.#ownId = options.ownId;
    this.#signer = options.signer;
    this.#settings = options.settings;
    this.#network = options.network;
    this.#now = options.now;
  }

  /** From now on these are announced; none while this account does not host. */
  use(urls: readonly string[]): void {
    this.#urls = urls;
  }

  /**
   * Tells the contact behind this session. Who came from afar hears nothing of the local network, and
   * nobody but a program on this machine of its own addresses. Never rejects: a session that has ended
   * takes no ADDRESS, and the next one begins with it.
   */
  async announceTo(session: Session): Promise<void> {
    const urls = this.#urls
      .filter((url) => isAsFar(this.#network.proximityOf(url), session.proximity))
      .slice(0, MAX_ADDRESS_URLS);
    if (urls.length === 0) return;
    try {
      const seq = await this.#nextSequence();
      const body = addressSignatureBody(this.#ownId, { seq, urls });
      const sig = this.#signer.sign(ADDRESS_CONTEXT, body);
      await session.channel.send(KIND_ADDRESS, encodeAddress({ seq, urls, sig }));
    } catch {
      // The session has ended, or the store has failed and ends it.
    }
  }

  /** Stored before it is used, so that it counts up over restarts and clocks that were set back. */
  async #nextSequence(): Promise<number> {
    const last = Number(this.#settings.get(SEQUENCE_KEY) ?? 0);
    const next = Math.max(last + 1, this.#now());
    await this.#settings.set(SEQUENCE_KEY, String(next));
    return next;
  }
}
