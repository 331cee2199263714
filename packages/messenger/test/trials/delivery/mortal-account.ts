import { copyFileSync, existsSync } from 'node:fs';
import { type HistoryStore, openHistory } from '@gravy/history';
import { encodeId } from '@gravy/identity';
import type { OwnKey } from '@gravy/protocol';
import { identityText, signerOf } from '../../../src/account/identity-ports.js';
import type { GravyEvent } from '../../../src/api/events.js';
import { Account } from '../../../src/core/account.js';
import type { Clock } from '../../../src/core/ports/clock.js';
import type { Network } from '../../../src/core/ports/network.js';
import type { ScheduledNetwork } from './scheduled-network.js';
import { machineParts } from '../../machine-parts.js';

const HISTORY_KEY = new Uint8Array(32).fill(0x11);
/** Of a store in use; what SQLite keeps beside it is made anew when it is opened. */
const STORE_FILES = ['', '-wal'];

export interface MortalOptions {
  readonly name: string;
  readonly ownKey: OwnKey;
  readonly url: string;
  readonly network: ScheduledNetwork;
  readonly clock: Clock;
  /** Told only while the process lives. */
  readonly onEvent: (event: GravyEvent) => void;
}

/** One process with an account open: real rules over a real store, until it is killed. */
export class MortalAccount {
  readonly account: Account;
  readonly store: HistoryStore;
  /** Ids of the texts that were written in this life, and stored. */
  readonly written: string[] = [];
  readonly #options: MortalOptions;
  readonly #path: string;
  #isDead = false;

  private constructor(path: string, options: MortalOptions) {
    const { name, ownKey, url, network, clock, onEvent } = options;
    this.#options = options;
    this.#path = path;
    this.store = openHistory({ path, key: HISTORY_KEY });
    this.account = new Account({
      ownId: encodeId(ownKey.id),
      profileName: name,
      store: this.store,
      text: identityText,
      signer: signerOf(ownKey),
      network: this.#whileAlive(network.for(ownKey, url)),
      ...machineParts(`${path}.files`, this.store),
      clock: {
        now: () => clock.now(),
        elapsed: () => clock.elapsed(),
        random: () => clock.random(),
        after: (delayMs, task) =>
          clock.after(delayMs, () => {
            if (!this.#isDead) task();
          }),
      },
    });
    this.account.events.onEvent((event) => {
      if (!this.#isDead) onEvent(event);
    });
  }

  /** Opens the account, for the first time in a store at `path` or where the last life left it, and hosts. */
  static async start(path: string, options: MortalOptions): Promise<MortalAccount> {
    const started = new MortalAccount(path, options);
    const { port } = new URL(options.url);
    await started.account.hosting.host.start({
      port: Number(port),
      hostname: '127.0.0.1',
      policy: 'contacts',
      tunnel: 'none',
    });
    return started;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /**
   * Ends the process as SIGKILL does, in the midst of whatever it does, or with `isCut` as a power cut
   * does; what it has not committed is gone. The store as it was at that moment is copied to `nextPath`.
   */
  kill(nextPath: string, options: { isCut: boolean }): void {
    this.#isDead = true;
    for (const file of STORE_FILES) {
      if (existsSync(this.#path + file)) copyFileSync(this.#path + file, nextPath + file);
    }
    const { network, ownKey, url } = this.#options;
    network.abandon(ownKey, url, options);
  }

  #whileAlive(network: Network): Network {
    const connect: Network['connect'] = (target, signal) =>
      this.#isDead ? Promise.reject(new Error('Killed.')) : network.connect(target, signal);
    return { ...network, connect };
  }

  /** The end of the test: nobody reads this store again. */
  dispose(): void {
    this.#isDead = true;
    this.store.close();
  }
}
