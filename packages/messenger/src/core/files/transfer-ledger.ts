import { MessengerError } from '../../errors.js';
import { messageId } from '../delivery/message-id.js';
import type { EventHub } from '../event-hub.js';
import type { Clock } from '../ports/clock.js';
import type { Files } from '../ports/files.js';
import type { MessageKey } from '../ports/store.js';
import type { FileState, StoredTransfer, TransferStore } from '../ports/transfer-store.js';
import type { LiveProgress } from './live-progress.js';
import { TransferEnd } from './transfer-end.js';
import { TransferProgress } from './transfer-progress.js';

/** Of the newest transfers, how many are looked at when the account is opened. */
const SETTLED_AT_START = 200;

/** What is stored of transfers, and told of them. A state is stored before anybody hears of it. */
export class TransferLedger {
  readonly #store: TransferStore;
  readonly #progress: LiveProgress;
  readonly #files: Files;
  readonly #events: EventHub;
  readonly #clock: Clock;
  readonly #ownId: string;
  readonly #textId: (id: Uint8Array) => string;

  constructor(options: {
    store: TransferStore;
    progress: LiveProgress;
    files: Files;
    events: EventHub;
    clock: Clock;
    ownId: string;
    textId: (id: Uint8Array) => string;
  }) {
    this.#store = options.store;
    this.#progress = options.progress;
    this.#files = options.files;
    this.#events = options.events;
    this.#clock = options.clock;
    this.#ownId = options.ownId;
    this.#textId = options.textId;
  }

  get(key: MessageKey): StoredTransfer | undefined {
    return this.#store.get(key);
  }

  /** One that goes on. @throws MessengerError `transfer_over` */
  require(key: MessageKey): StoredTransfer {
    const transfer = this.#store.get(key);
    if (transfer !== undefined && !hasEnded(transfer.message.file.state)) return transfer;
    throw new MessengerError(
      'transfer_over',
      'This transfer has ended. To get the file after all, it has to be offered once more.',
    );
  }

  unfinished(contact: Uint8Array): readonly StoredTransfer[] {
    return this.#store.unfinished(contact);
  }

  progressOf({ message }: StoredTransfer): TransferProgress {
    const [events, clock] = [this.#events, this.#clock];
    return new TransferProgress({
      id: this.#idOf(message),
      size: message.file.size,
      events,
      clock,
      onMark: (bytes) => this.#progress.mark(message, bytes),
    });
  }

  /** What is certainly on disk, while it is under way. */
  async keep(key: MessageKey, bytes: number): Promise<void> {
    await this.#store.update(key, { bytes });
  }

  /** It is wanted, and will be put together there; with `anew` nothing of it is there yet. */
  async accept(key: MessageKey, temporaryPath: string, anew: boolean): Promise<void> {
    const progress = anew ? { bytes: 0 } : {};
    const change = { state: 'paused', reason: null, temporaryPath, ...progress } as const;
    await this.#store.update(key, change);
    this.#changed(key);
  }

  /** It is under way; false if it has ended. */
  async begin(key: MessageKey): Promise<boolean> {
    const isBegun = await this.#store.update(key, { state: 'transferring', reason: null });
    this.#changed(key);
    return isBegun;
  }

  /** It waits: for a session, or until what `reason` says is mended. */
  async pause(key: MessageKey, bytes: number | undefined, reason?: string): Promise<void> {
    const progress = bytes === undefined ? {} : { bytes };
    const change = { state: 'paused', reason: reason ?? null, ...progress } as const;
    if (!(await this.#store.update(key, change))) return;
    this.#progress.forget(key);
    if (reason !== undefined) this.#tellEnd(key, 'paused', reason);
    this.#changed(key);
  }

  /** The whole is there, and was checked; `path` is where it was received. False if it had ended before. */
  async complete(key: MessageKey, path?: string): Promise<boolean> {
    const bytes = this.#store.get(key)?.message.file.size ?? 0;
    const place = path === undefined ? {} : { path };
    const change = { state: 'done', bytes, reason: null, ...place } as const;
    if (!(await this.#store.update(key, change))) return false;
    this.#progress.forget(key);
    await this.#clear(key);
    const params = { id: this.#idOf(key), ...(path === undefined ? {} : { path }) };
    this.#events.emit({ method: 'file.completed', params });
    this.#changed(key);
    return true;
  }

  /** It ends before its time, and leaves nothing on disk. False if it had ended before. */
  async finish(key: MessageKey, state: FileState, reason: string): Promise<boolean> {
    if (!(await this.#store.update(key, { state, reason }))) return false;
    this.#progress.forget(key);
    await this.#clear(key);
    this.#tellEnd(key, state, reason);
    this.#changed(key);
    return true;
  }

  /** What an earlier process left: nothing is under way now, and what has ended needs no room. */
  async settle(): Promise<void> {
    const interrupted = this.#store
      .unfinished()
      .filter(({ message }) => message.file.state === 'transferring');
    await Promise.all(
      interrupted.map(({ message }) => this.#store.update(message, { state: 'paused' })),
    );
    for (const { message } of this.#store.list({ limit: SETTLED_AT_START })) {
      if (hasEnded(message.file.state)) await this.#clear(message);
    }
  }

  /**
   * What a peer or this side's file has spoiled is over, and resolves with why; a full disk or a lost
   * session is not.
   */
  async fail(key: MessageKey, error: unknown): Promise<string | undefined> {
    if (error instanceof TransferEnd) {
      await this.finish(key, 'failed', error.message);
      return error.message;
    }
    await this.pause(key, undefined, error instanceof MessengerError ? error.message : undefined);
    return undefined;
  }

  /** Removes what an ended transfer was put together in. A folder that is not to be had now is no reason to fail. */
  async #clear(key: MessageKey): Promise<void> {
    const temporaryPath = this.#store.get(key)?.temporaryPath;
    if (temporaryPath === undefined) return;
    const isCleared = await this.#files.discard(temporaryPath).then(
      () => true,
      () => false,
    );
    if (isCleared) await this.#store.update(key, { temporaryPath: null });
  }

  #tellEnd(key: MessageKey, state: FileState, reason: string): void {
    this.#events.emit({ method: 'file.failed', params: { id: this.#idOf(key), state, reason } });
  }

  #changed({ contact }: MessageKey): void {
    this.#events.emit({ method: 'contact.changed', params: { contact: this.#textId(contact) } });
  }

  #idOf(key: MessageKey): string {
    return messageId(key, this.#textId(key.contact), this.#ownId);
  }
}

export function hasEnded(state: FileState): boolean {
  return state !== 'offered' && state !== 'transferring' && state !== 'paused';
}
