import { MessengerError } from '../../errors.js';
import { messageId } from '../delivery/message-id.js';
import type { EventHub } from '../event-hub.js';
import type { Clock } from '../ports/clock.js';
import type { Files } from '../ports/files.js';
import type { MessageKey } from '../ports/store.js';
import type { FileState, StoredTransfer, TransferStore } from '../ports/transfer-store.js';
import { TransferEnd } from './transfer-end.js';
import { TransferProgress } from './transfer-progress.js';

/** What is stored of transfers, and told of them. A state is stored before anybody hears of it. */
export class TransferLedger {
  readonly #store: TransferStore;
  readonly #files: Files;
  readonly #events: EventHub;
  readonly #clock: Clock;
  readonly #ownId: string;
  readonly #textId: (id: Uint8Array) => string;

  constructor(options: {
    store: TransferStore;
    files: Files;
    events: EventHub;
    clock: Clock;
    ownId: string;
    textId: (id: Uint8Array) => string;
  }) {
    this.#store = options.store;
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
    });
  }

  /** It is under way, or wanted and waits for a session. */
  async begin(key: MessageKey, temporaryPath?: string): Promise<void> {
    const place = temporaryPath === undefined ? {} : { temporaryPath };
    await this.#store.update(key, { state: 'transferring', reason: null, ...place });
    this.#changed(key);
  }

  async keep(key: MessageKey, bytes: number): Promise<void> {
    await this.#store.update(key, { bytes });
  }

  /** It waits: for a session, or until what `reason` says is mended. */
  async pause(key: MessageKey, bytes: number | undefined, reason?: string): Promise<void> {
    const progress = bytes === undefined ? {} : { bytes };
    const change = { state: 'paused', reason: reason ?? null, ...progress } as const;
    if (!(await this.#store.update(key, change))) return;
    if (reason !== undefined) this.#tellEnd(key, 'paused', reason);
    this.#changed(key);
  }

  /** The whole is there, and was checked; `path` is where it was received. */
  async complete(key: MessageKey, path?: string): Promise<void> {
    const bytes = this.#store.get(key)?.message.file.size ?? 0;
    const place = path === undefined ? {} : { path, temporaryPath: null };
    const change = { state: 'done', bytes, reason: null, ...place } as const;
    if (!(await this.#store.update(key, change))) return;
    const params = { id: this.#idOf(key), ...(path === undefined ? {} : { path }) };
    this.#events.emit({ method: 'file.completed', params });
    this.#changed(key);
  }

  /** It ends before its time, and leaves nothing on disk. */
  async finish(key: MessageKey, state: FileState, reason: string): Promise<void> {
    const temporaryPath = this.#store.get(key)?.temporaryPath;
    if (!(await this.#store.update(key, { state, reason, temporaryPath: null }))) return;
    if (temporaryPath !== undefined) await this.#files.discard(temporaryPath);
    this.#tellEnd(key, state, reason);
    this.#changed(key);
  }

  /**
   * What a peer or this side's file has spoiled is over, and resolves with why; a full disk or a lost
   * session is not.
   */
  async fail(key: MessageKey, error: unknown): Promise<string | undefined> {
    if (error instanceof Error && (error instanceof TransferEnd || isGone(error))) {
      await this.finish(key, 'failed', error.message);
      return error.message;
    }
    await this.pause(key, undefined, error instanceof MessengerError ? error.message : undefined);
    return undefined;
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

/** What was offered is not there any more, or not the same. */
function isGone(error: Error): boolean {
  if (!(error instanceof MessengerError)) return false;
  return error.code === 'no_such_file' || error.code === 'file_changed';
}
