import type { AccountInfo, GravyClient, GravyEvent } from '@gravy/messenger';
import { MessengerError } from '@gravy/messenger/page';
import { Observable } from './observable.js';
import { ALL_PARTS, type Part, PARTS } from './snapshot-parts.js';
import { EMPTY_SNAPSHOT, type Snapshot } from './snapshot.js';

/** A contact says again within 3 s that it is writing; after a pause this long it has stopped. */
const TYPING_MS = 6000;

/** Keeps a snapshot of Gravy up to date, as events come. */
export class Mirror {
  readonly snapshot = new Observable<Snapshot>(EMPTY_SNAPSHOT);
  #client: GravyClient | undefined;
  readonly #running = new Set<Part>();
  readonly #stale = new Set<Part>();
  #isHidden = false;

  /** Begins anew over a connection that was just opened. */
  async follow(client: GravyClient): Promise<void> {
    this.#client = client;
    client.onEvent((event) => this.#take(event));
    await this.readAccount();
  }

  /** Shows no account from now on, whatever Gravy says, and whether or not it says anything. */
  hide(): void {
    this.#isHidden = true;
    const { account } = this.snapshot.get();
    const accounts = account.kind === 'open' ? [account.info] : [];
    if (account.kind !== 'closed') {
      this.snapshot.set({ ...EMPTY_SNAPSHOT, account: { kind: 'closed', accounts } });
    }
  }

  get isHidden(): boolean {
    return this.#isHidden;
  }

  /** The password was typed: what Gravy says may be seen again. */
  reveal(): void {
    this.#isHidden = false;
  }

  /** Finds out which account is open, and reads all of it. */
  async readAccount(): Promise<void> {
    const client = this.#client;
    if (client === undefined) return;
    if (this.#isHidden) {
      await this.#closed(client);
      return;
    }
    try {
      await this.#opened(await client.call('account.show', {}));
    } catch (error) {
      if (!isLocked(error)) return;
      await this.#closed(client);
    }
  }

  refresh(...parts: readonly Part[]): void {
    for (const part of parts) void this.#read(part);
  }

  async #opened(info: AccountInfo): Promise<void> {
    await Promise.all(ALL_PARTS.map((part) => this.#read(part)));
    if (this.#isHidden) return;
    this.snapshot.update((snapshot) => ({ ...snapshot, account: { kind: 'open', info } }));
  }

  async #closed(client: GravyClient): Promise<void> {
    const accounts = await client.call('account.list', {}).catch(ignoreClosed);
    if (accounts === undefined) return;
    this.snapshot.set({ ...EMPTY_SNAPSHOT, account: { kind: 'closed', accounts } });
  }

  /** Reads one part; what changes while it is being read is read once more afterwards. */
  async #read(part: Part): Promise<void> {
    const client = this.#client;
    if (client === undefined) return;
    if (this.#running.has(part)) {
      this.#stale.add(part);
      return;
    }
    this.#running.add(part);
    try {
      do {
        this.#stale.delete(part);
        const value = await PARTS[part](client);
        if (client !== this.#client) return;
        this.snapshot.update((snapshot) => ({ ...snapshot, [part]: value }));
      } while (this.#stale.has(part));
    } catch {
      // The connection or the account was closed meanwhile; whichever it is, the state says so.
    } finally {
      this.#running.delete(part);
    }
  }

  #take(event: GravyEvent): void {
    switch (event.method) {
      case 'account.closed':
        void this.readAccount();
        break;
      case 'session.opened':
        this.#forget(event.params.contact);
        this.refresh('sessions', 'contacts', 'host');
        break;
      case 'session.closed':
        this.#stopTyping(event.params.contact);
        this.refresh('sessions', 'contacts', 'host');
        break;
      case 'session.retrying': {
        const { contact, at, message } = event.params;
        this.#change('attempts', contact, { kind: 'retrying', at, reason: message });
        break;
      }
      case 'session.gaveUp': {
        const { contact, message } = event.params;
        this.#change('attempts', contact, { kind: 'gave up', reason: message });
        break;
      }
      case 'message.received':
        this.#stopTyping(event.params.message.contact);
        this.refresh('contacts');
        break;
      case 'message.state':
        this.refresh('contacts');
        break;
      case 'contact.changed':
        this.refresh('contacts', 'sessions');
        break;
      case 'contact.stranded':
        this.#change('stranded', event.params.contact, event.params.line);
        break;
      case 'request.received':
        this.refresh('requests');
        break;
      case 'invite.changed':
        this.refresh('invites');
        break;
      case 'host.changed':
        this.snapshot.update((snapshot) => ({ ...snapshot, hostNews: event.params }));
        this.refresh('host');
        break;
      case 'file.offered':
        this.refresh('contacts');
        break;
      case 'file.progress':
      case 'file.completed':
      case 'file.failed':
        // Of one conversation, which takes them itself.
        break;
      case 'typing':
        this.#startTyping(event.params.contact);
        break;
      default:
        event satisfies never;
    }
  }

  #startTyping(contact: string): void {
    const until = Date.now() + TYPING_MS;
    this.#change('typing', contact, until);
    setTimeout(() => {
      if (this.snapshot.get().typing.get(contact) === until) this.#stopTyping(contact);
    }, TYPING_MS);
  }

  #stopTyping(contact: string): void {
    this.#change('typing', contact, undefined);
  }

  #forget(contact: string): void {
    this.#change('attempts', contact, undefined);
    this.#change('stranded', contact, undefined);
  }

  #change<P extends 'attempts' | 'typing' | 'stranded'>(
    part: P,
    contact: string,
    value: (Snapshot[P] extends ReadonlyMap<string, infer V> ? V : never) | undefined,
  ): void {
    this.snapshot.update((snapshot) => {
      if (value === undefined && !snapshot[part].has(contact)) return snapshot;
      const changed = new Map<string, unknown>(snapshot[part]);
      if (value === undefined) changed.delete(contact);
      else changed.set(contact, value);
      return { ...snapshot, [part]: changed };
    });
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof MessengerError && error.code === 'locked';
}

/** A connection that closed while it was asked is opened again by itself, and asked once more. */
function ignoreClosed(error: unknown): undefined {
  if (!(error instanceof MessengerError) || error.code !== 'connection_closed') throw error;
  return undefined;
}
