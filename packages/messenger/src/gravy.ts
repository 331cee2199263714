import { AccountFolders } from './account/account-folders.js';
import type { importAccount } from './account/backup/import-account.js';
import { CurrentAccount } from './account/current-account.js';
import { Home } from './account/home.js';
import { Mutex } from './core/mutex.js';
import { MessengerError } from './errors.js';
import type { TunnelSettings } from './account/tunnels.js';
import { type CheckedCall, checkCall } from './api/call.js';
import { type GravyClient, InvalidCallError } from './api/client.js';
import type { GravyEvent } from './api/events.js';
import { type MethodName, METHODS, type ParamsOf, type ResultOf } from './api/methods.js';
import type { AccountInfo } from './api/schemas.js';
import { isSameAccountName } from './account/account-name.js';

/** Gravy in this process: at most one account at a time, its own or one that another process has open. */
export interface Gravy extends GravyClient {
  /**
   * Works on an account that another process of this user has open, without the password; false if
   * none has it. @throws MessengerError `account_in_use` if that process does not answer.
   */
  attach(name: string): Promise<boolean>;
}

/**
 * Opens Gravy over a folder of data, which is made when the first account is. No account is open yet.
 * `tunnels`: another cloudflared than the one that is found, and for tests other times.
 */
export async function openGravy(options: {
  home: string;
  tunnels?: TunnelSettings;
}): Promise<Gravy> {
  return new LocalGravy(new Home(options.home), options.tunnels ?? {});
}

type ProcessCall = {
  [M in MethodName]: (typeof METHODS)[M]['scope'] extends 'process' ? CheckedCall<M> : never;
}[MethodName];

type LookAroundCall = Extract<ProcessCall, { method: `tunnel.${string}` | `doctor.${string}` }>;

class LocalGravy implements Gravy {
  readonly #home: Home;
  readonly #folders: AccountFolders;
  readonly #tunnels: TunnelSettings;
  readonly #current: CurrentAccount;
  /** Opening and closing accounts happens one at a time; calls on an account wait for it. */
  readonly #transitions = new Mutex();
  readonly #ended = Promise.withResolvers<void>();
  readonly closed = this.#ended.promise;

  constructor(home: Home, tunnels: TunnelSettings) {
    this.#home = home;
    this.#folders = new AccountFolders(home);
    this.#tunnels = tunnels;
    this.#current = new CurrentAccount({ home, tunnels });
  }

  onEvent(listener: (event: GravyEvent) => void): () => void {
    return this.#current.events.onEvent(listener);
  }

  call<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
    // The contract gives each method its result; the switch below cannot tell the compiler so.
    return this.#call(method, params) as Promise<ResultOf<M>>;
  }

  async #call(method: string, params: unknown): Promise<unknown> {
    try {
      const call = checkCall(method, params);
      if (isLookAround(call)) return await this.#lookAround(call);
      if (isProcessCall(call)) return await this.#transitions.run(() => this.#carryOut(call));
      // Only when there is something to wait for: otherwise texts keep the order of their calls.
      if (this.#transitions.pending !== undefined) await this.#transitions.pending;
      return await this.#current.carryOut(call);
    } catch (error) {
      throw await translated(error);
    }
  }

  async attach(name: string): Promise<boolean> {
    try {
      return await this.#transitions.run(async () => {
        const found = await this.#folders.find(name);
        if (this.#current.info?.name === found.name) return true;
        return (await this.#current.attach(found.paths)) !== undefined;
      });
    } catch (error) {
      throw await translated(error);
    }
  }

  async close(): Promise<void> {
    await this.#transitions.run(() => this.#current.leave());
    this.#ended.resolve();
  }

  /** What concerns no account, and may take its time. */
  async #lookAround(call: LookAroundCall): Promise<unknown> {
    const { CloudflaredOfHome } = await import('./account/cloudflared.js');
    const cloudflared = new CloudflaredOfHome(this.#home, this.#tunnels.cloudflared);
    switch (call.method) {
      case 'tunnel.status':
        return cloudflared.status();
      case 'tunnel.install':
        return cloudflared.install();
      case 'doctor.check': {
        const { diagnoseHome } = await import('./account/diagnose-home.js');
        return [...(await diagnoseHome(this.#home, Date.now())), ...(await cloudflared.diagnose())];
      }
      default:
        return call satisfies never;
    }
  }

  async #carryOut(call: Exclude<ProcessCall, LookAroundCall>): Promise<unknown> {
    switch (call.method) {
      case 'account.list':
        return this.#folders.list();
      case 'account.create':
        return this.#create(call.params);
      case 'account.import':
        return this.#import(call.params);
      case 'account.unlock':
        return this.#unlock(call.params);
      case 'account.lock':
        await this.#current.leave();
        return {};
      case 'account.delete':
        await this.#delete(call.params);
        return {};
      case 'account.examine':
        return (await damagedHistory()).examineAccount(this.#chosen(call.params));
      case 'account.salvage':
        return (await damagedHistory()).salvageAccount(this.#chosen(call.params));
      default:
        return call satisfies never;
    }
  }

  async #create(params: { name: string; password: string }): Promise<AccountInfo> {
    const { Identity } = await import('@gravy/identity');
    const identity = Identity.generate();
    try {
      const created = await this.#folders.create({ ...params, identity });
      return await this.#current.open({ ...created, identity });
    } finally {
      identity.erase();
    }
  }

  async #import(
    params: Omit<Parameters<typeof importAccount>[0], 'folders'>,
  ): Promise<AccountInfo> {
    const { importAccount } = await import('./account/backup/import-account.js');
    const imported = await importAccount({ folders: this.#folders, ...params });
    try {
      return await this.#current.open(imported);
    } finally {
      imported.identity.erase();
    }
  }

  async #unlock(params: { name: string; password: string }): Promise<AccountInfo> {
    const found = await this.#folders.find(params.name);
    const identity = await this.#folders.unlock(found.paths, params.password);
    try {
      // The password was right; what is open already stays as it is, with its sessions.
      const { info } = this.#current;
      if (info?.name === found.name) return info;
      return await this.#current.open({ ...found, identity });
    } finally {
      identity.erase();
    }
  }

  async #delete(params: { name: string; confirm: string }): Promise<void> {
    const found = await this.#folders.find(params.name);
    if (!isSameAccountName(params.confirm, params.name)) {
      throw new InvalidCallError(
        'params',
        'Parameter confirm: must repeat the name of the account that is to be deleted.',
        'confirm',
      );
    }
    await this.#leaveIfOpen(found.name);
    await this.#folders.delete(found.paths);
  }

  #chosen<P extends { name: string }>(params: P) {
    const close = (): Promise<void> => this.#leaveIfOpen(params.name);
    return { folders: this.#folders, close, ...params };
  }

  async #leaveIfOpen(name: string): Promise<void> {
    const open = this.#current.info?.name;
    if (open !== undefined && isSameAccountName(open, name)) await this.#current.leave();
  }
}

const damagedHistory = () => import('./account/damaged-history.js');

/** A library's error as one of the API. What knows all libraries is loaded only if it is needed. */
async function translated(error: unknown): Promise<unknown> {
  if (error instanceof MessengerError || error instanceof InvalidCallError) return error;
  const { translateError } = await import('./account/translate-error.js');
  return translateError(error);
}

function isProcessCall(call: CheckedCall): call is ProcessCall {
  return METHODS[call.method].scope === 'process';
}

function isLookAround(call: CheckedCall): call is LookAroundCall {
  return call.method.startsWith('tunnel.') || call.method.startsWith('doctor.');
}
