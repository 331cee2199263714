import { HistoryError, readLockOwner } from '@gravy/history/lock';
import type { Identity } from '@gravy/identity';
import type { CheckedCall } from '../api/call.js';
import type { GravyClient } from '../api/client.js';
import type { AccountInfo } from '../api/schemas.js';
import { EventHub } from '../core/event-hub.js';
import { MessengerError } from '../errors.js';
import { connectToControlSocket } from './control-socket.js';
import type { AccountPaths, Home } from './home.js';
import type { OpenAccount } from './open-account.js';
import type { TunnelSettings } from './tunnels.js';

/** A process that has just taken the lock may need this long until it answers. */
const OWNER_ANSWERS_WITHIN_MS = 5_000;
const OWNER_RETRY_MS = 50;

/**
 * The account that calls go to.
 *
 *     none --open--> own                        none --open, attach--> other
 *     own --leave--> none                       other --leave--> none
 *     other --its process ends--> gone          gone --leave--> none
 */
type State =
  | { readonly kind: 'none' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'own'; readonly account: OpenAccount }
  | { readonly kind: 'other'; readonly info: AccountInfo; readonly client: GravyClient };

/** At most one account at a time: opened here, or worked on through the process that has it open. */
export class CurrentAccount {
  readonly events = new EventHub();
  readonly #surroundings: { readonly home: Home; readonly tunnels: TunnelSettings };
  #state: State = { kind: 'none' };

  constructor(surroundings: { home: Home; tunnels: TunnelSettings }) {
    this.#surroundings = surroundings;
  }

  get info(): AccountInfo | undefined {
    switch (this.#state.kind) {
      case 'none':
      case 'gone':
        return undefined;
      case 'own':
        return this.#state.account.info;
      case 'other':
        return this.#state.info;
      default:
        return this.#state satisfies never;
    }
  }

  /** @throws MessengerError `locked` if none is open, `connection_closed` if its process has ended. */
  carryOut(call: CheckedCall): Promise<unknown> {
    switch (this.#state.kind) {
      case 'none':
        throw new MessengerError(
          'locked',
          'No account is open. Unlock one first (account.unlock), or make one (account.create).',
        );
      case 'gone':
        throw new MessengerError(
          'connection_closed',
          'The process that had this account open has ended. Unlock the account to open it here.',
        );
      case 'own':
        return this.#state.account.carryOut(call);
      case 'other':
        return this.#state.client.call(call.method, call.params);
      default:
        return this.#state satisfies never;
    }
  }

  /**
   * Opens an account here, or works through the process that has it open.
   * The identity stays the caller's to erase.
   */
  async open(account: {
    name: string;
    paths: AccountPaths;
    identity: Identity;
  }): Promise<AccountInfo> {
    await this.leave();
    // Loaded here and not before: who works through another process needs none of what it composes.
    const { openAccount } = await import('./open-account.js');
    const deadline = Date.now() + OWNER_ANSWERS_WITHIN_MS;
    for (;;) {
      try {
        const own = await openAccount({ ...account, ...this.#surroundings });
        own.onEvent((event) => this.events.emit(event));
        this.#state = { kind: 'own', account: own };
        return own.info;
      } catch (error) {
        if (!(error instanceof HistoryError) || error.code !== 'in_use') throw error;
        const info = await this.attach(account.paths);
        if (info !== undefined) return info;
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, OWNER_RETRY_MS));
      }
    }
  }

  /**
   * Works through the process that has an account open, if there is one.
   * @throws MessengerError `account_in_use` with its `pid` if it does not answer.
   */
  async attach(paths: AccountPaths): Promise<AccountInfo | undefined> {
    const client = await connectToControlSocket(paths.folder, readLockOwner(paths.lock));
    if (client === undefined) return undefined;
    const info = await client.call('account.show', {});
    await this.leave();
    const state: State = { kind: 'other', info, client };
    this.#state = state;
    client.onEvent((event) => {
      if (this.#state === state) this.events.emit(event);
    });
    void client.closed.then(() => {
      if (this.#state !== state) return;
      this.#state = { kind: 'gone' };
      this.#tellClosed(info.name, 'owner_ended');
    });
    return info;
  }

  /** Closes the account if it is open here; leaves it open if another process has it. */
  async leave(): Promise<void> {
    const state = this.#state;
    const { info } = this;
    this.#state = { kind: 'none' };
    if (state.kind === 'own') await state.account.close();
    if (state.kind === 'other') await state.client.close();
    if (info !== undefined) this.#tellClosed(info.name, 'locked');
  }

  #tellClosed(name: string, reason: 'locked' | 'owner_ended'): void {
    this.events.emit({ method: 'account.closed', params: { name, reason } });
  }
}
