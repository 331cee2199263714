// Files that go out: Spec 8.5 and 8.8.
import { encodeFileOffer, type FileAcceptBody } from '../../application/file-bodies.js';
import { KIND_FILE_OFFER } from '../../application/kinds.js';
import { Mutex } from '../mutex.js';
import type { Files } from '../ports/files.js';
import type { MessageKey } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import { offerOf } from './offer.js';
import { OutgoingFile } from './outgoing-file.js';
import { refuseFile } from './refuse-file.js';
import { keyText } from './transfer-key.js';
import { hasEnded, type TransferLedger } from './transfer-ledger.js';

/** Sends what contacts have accepted, each file over the session over which it was asked for. */
export class Sending {
  readonly #ledger: TransferLedger;
  readonly #files: Files;
  readonly #active = new Map<string, OutgoingFile>();
  readonly #turns = new WeakMap<Session, Mutex>();

  constructor(options: { ledger: TransferLedger; files: Files }) {
    this.#ledger = options.ledger;
    this.#files = options.files;
  }

  /** What goes on for this key over this session. */
  over(session: Session, key: MessageKey): OutgoingFile | undefined {
    const active = this.#active.get(keyText(key));
    return active?.session === session ? active : undefined;
  }

  sessionOf(key: MessageKey): Session | undefined {
    return this.#active.get(keyText(key))?.session;
  }

  /** The contact wants the file from an offset on; it may ask once more from another one. */
  async send(key: MessageKey, session: Session, from: FileAcceptBody): Promise<void> {
    const transfer = this.#ledger.get(key);
    if (transfer === undefined || hasEnded(transfer.message.file.state)) {
      const reason = transfer?.message.file.reason ?? 'There is no such file any more.';
      await refuseFile(session, from.id, reason);
      return;
    }
    this.stop(key);
    const { file } = transfer.message;
    const progress = this.#ledger.progressOf(transfer);
    const outgoing = new OutgoingFile({
      session,
      files: this.#files,
      offered: {
        path: file.path ?? '',
        size: file.size,
        modifiedAt: transfer.modifiedAt ?? 0,
        isFolder: file.isFolder,
      },
      turns: this.#turnsOf(session),
      onProgress: (bytes) => progress.mark(bytes),
    });
    const text = keyText(key);
    this.#active.set(text, outgoing);
    try {
      await this.#ledger.begin(key);
      await outgoing.run(from);
    } catch (error) {
      if (this.#active.get(text) !== outgoing) return; // asked for again meanwhile, or stopped
      this.#active.delete(text);
      const reason = await this.#ledger.fail(key, error);
      if (reason !== undefined) await refuseFile(session, from.id, reason);
    }
  }

  /** Spec 8.8: each session begins with the offers that are not finished; those of the outbox are its own. */
  async offerAgain(session: Session): Promise<void> {
    for (const { message } of this.#ledger.unfinished(session.channel.peerId)) {
      const isOutboxs = message.state === 'queued' || message.state === 'sent';
      if (message.direction !== 'out' || isOutboxs) continue;
      await session.channel.send(KIND_FILE_OFFER, encodeFileOffer(offerOf(message)));
    }
  }

  /** Nothing more is sent. */
  stop(key: MessageKey): void {
    this.#active.get(keyText(key))?.stop();
    this.#active.delete(keyText(key));
  }

  async sessionEnded(session: Session): Promise<void> {
    for (const { message } of this.#ledger.unfinished(session.channel.peerId)) {
      const active = message.direction === 'out' ? this.over(session, message) : undefined;
      if (active === undefined) continue;
      this.stop(message);
      await this.#ledger.pause(message, active.arrived);
    }
  }

  #turnsOf(session: Session): Mutex {
    const turns = this.#turns.get(session) ?? new Mutex();
    this.#turns.set(session, turns);
    return turns;
  }
}
