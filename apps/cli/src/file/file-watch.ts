import type { FileState, GravyClient, GravyEvent } from '@gravy/messenger';
import type { Progress } from './progress-line.js';

export type FileEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'ended'; readonly state: FileState; readonly reason: string }
  /** Nothing happened for too long. */
  | { readonly kind: 'silence'; readonly hasBegun: boolean }
  /** There is no session any more, and nobody here will bring one about. */
  | { readonly kind: 'apart' }
  | { readonly kind: 'account closed' };

/**
 * Follows one file, from before it is offered. Nothing may happen for too long:
 *
 *     offering --(delivered)--> waiting --(progress)--> going --(all taken)--> being checked --> done
 *
 * but while it is being checked, which tells nothing of itself; and, without a limit, once it is delivered.
 */
export class FileWatch {
  readonly #gravy: GravyClient;
  readonly #contact: string;
  readonly #timeoutMs: number;
  readonly #isLimited: boolean;
  readonly #onProgress: (progress: Progress) => void;
  readonly #unsubscribe: () => void;
  readonly #end = Promise.withResolvers<FileEnd>();
  /** What was told before the call that offered the file had answered, also of other files. */
  readonly #early: (() => void)[] = [];
  #id: string | undefined;
  #isDelivered = false;
  #hasBegun = false;
  #timer: NodeJS.Timeout | undefined;

  /** `timeoutMs`: how long nothing may happen; unless `isLimited`, until the offer has been delivered. */
  constructor(
    gravy: GravyClient,
    options: {
      contact: string;
      timeoutMs: number;
      isLimited: boolean;
      onProgress: (progress: Progress) => void;
    },
  ) {
    this.#gravy = gravy;
    this.#contact = options.contact;
    this.#timeoutMs = options.timeoutMs;
    this.#isLimited = options.isLimited;
    this.#onProgress = options.onProgress;
    this.#unsubscribe = gravy.onEvent((event) => this.#hear(event));
    this.#wait();
  }

  /** This is the file that counts. */
  follow(id: string): void {
    this.#id = id;
    for (const tell of this.#early.splice(0)) tell();
  }

  outcome(): Promise<FileEnd> {
    return this.#end.promise;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #hear(event: GravyEvent): void {
    if (event.method === 'file.progress') {
      this.#about(event.params.id, () => this.#progress(event.params));
    } else if (event.method === 'file.completed') {
      this.#about(event.params.id, () => this.#end.resolve({ kind: 'done' }));
    } else if (event.method === 'file.failed') {
      const { id, state, reason } = event.params;
      this.#about(id, () => this.#ended(state, reason));
    } else if (event.method === 'message.state') {
      const { id, state } = event.params;
      if (state === 'delivered') this.#about(id, () => this.#delivered());
    } else if (event.method === 'session.closed') {
      if (event.params.contact === this.#contact) void this.#sessionClosed(event.params);
    } else if (event.method === 'session.gaveUp') {
      if (event.params.contact === this.#contact) this.#end.resolve({ kind: 'apart' });
    } else if (event.method === 'account.closed') {
      this.#end.resolve({ kind: 'account closed' });
    }
  }

  #about(id: string, tell: () => void): void {
    if (this.#id === undefined) this.#early.push(() => this.#about(id, tell));
    else if (id === this.#id) tell();
  }

  #delivered(): void {
    this.#isDelivered = true;
    this.#wait();
  }

  /** What waits may go on within the time. */
  #ended(state: FileState, reason: string): void {
    if (state !== 'paused') this.#end.resolve({ kind: 'ended', state, reason });
  }

  #progress(progress: Progress): void {
    this.#isDelivered = true;
    this.#hasBegun = true;
    this.#wait();
    // The last byte is told of when the whole was checked.
    if (progress.bytes >= progress.size - 1) clearTimeout(this.#timer);
    this.#onProgress(progress);
  }

  /** Who came here can come again; whom this side has dialled is dialled again, or not. */
  async #sessionClosed({ role, willReconnect }: SessionEnd): Promise<void> {
    this.#wait();
    if (role === 'host' || willReconnect) return;
    // A newer session may have taken the place of this one.
    const sessions = await this.#gravy.call('session.list', {}).catch(() => undefined);
    if (sessions?.every(({ contact }) => contact !== this.#contact) === true) {
      this.#end.resolve({ kind: 'apart' });
    }
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#isDelivered && !this.#isLimited) return;
    this.#timer = setTimeout(() => {
      this.#end.resolve({ kind: 'silence', hasBegun: this.#hasBegun });
    }, this.#timeoutMs);
  }
}

type SessionEnd = Extract<GravyEvent, { method: 'session.closed' }>['params'];
