// Files that go out: Spec 8.5 and 8.8.
import { encodeFileOffer, type FileAcceptBody } from '../../application/file-bodies.js';
import { KIND_FILE_OFFER } from '../../application/kinds.js';
import { Mutex } from '../mutex.js';
import type { Clock } from '../ports/clock.js';
import type { Files } from '../ports/files.js';
import type { MessageKey } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import { Gate } from './gate.js';
import { MAX_ACCEPTS_PER_SESSION, MAX_OUTGOING_AT_ONCE } from './limits.js';
import { offerOf } from './offer.js';
import { OutgoingFile } from './outgoing-file.js';
import { PerSession } from './per-session.js';
import { refuseFile } from './refuse-file.js';
import { keyText } from './transfer-key.js';
import { hasEnded, type TransferLedger } from './transfer-ledger.js';
import { TransferLocks } from './transfer-locks.js';

/** Sends what contacts have accepted, each file over the session over which it was asked for. */
export class Sending {
  readonly #ledger: TransferLedger;
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #active = new Map<string, { readonly key: MessageKey; readonly file: OutgoingFile }>();
  /** A file is read, and its beginning hashed, once at a time, however often it is asked for. */
  readonly #reading = new TransferLocks();
  readonly #turns = new PerSession(() => new Mutex());
  readonly #gates = new PerSession(() => new Gate(MAX_OUTGOING_AT_ONCE));
  /** How often each file was asked for over a session. */
  readonly #asked = new PerSession(() => new Map<string, number>());

  constructor(options: { ledger: TransferLedger; files: Files; clock: Clock }) {
    this.#ledger = options.ledger;
    this.#files = options.files;
    this.#clock = options.clock;
  }

  /** What goes on for this key over this session. */
  over(session: Session, key: MessageKey): OutgoingFile | undefined {
    const active = this.#active.get(keyText(key))?.file;
    return active?.session === session ? active : undefined;
  }

  sessionOf(key: MessageKey): Session | undefined {
    return this.#active.get(keyText(key))?.file.session;
  }

  /** The contact wants the file from an offset on; it may ask once more from another one. Resolves when that is under way. */
  async send(key: MessageKey, session: Session, from: FileAcceptBody): Promise<void> {
    const transfer = this.#ledger.get(key);
    if (transfer === undefined || hasEnded(transfer.message.file.state)) {
      const reason = transfer?.message.file.reason ?? 'There is no such file any more.';
      await refuseFile(session, from.id, reason);
      return;
    }
    this.stop(key);
    const asked = this.#asked.of(session);
    const times = (asked.get(keyText(key)) ?? 0) + 1;
    asked.set(keyText(key), times);
    if (times > MAX_ACCEPTS_PER_SESSION) {
      const reason = 'The file was asked for too often.';
      await this.#ledger.finish(key, 'failed', reason);
      await refuseFile(session, from.id, reason);
      return;
    }
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
      turns: this.#turns.of(session),
      onProgress: (bytes) => progress.mark(bytes),
      clock: this.#clock,
    });
    this.#active.set(keyText(key), { key, file: outgoing });
    await this.#ledger.begin(key);
    void this.#run(key, outgoing, from);
  }

  /** Spec 8.8: each session begins with the offers that are not finished; those of the outbox are its own. */
  async offerAgain(session: Session): Promise<void> {
    for (const { message } of this.#ledger.unfinished(session.channel.peerId)) {
      const isOutboxs = message.state === 'queued' || message.state === 'sent';
      if (message.direction !== 'out' || isOutboxs) continue;
      await session.channel.send(KIND_FILE_OFFER, encodeFileOffer(offerOf(message)));
    }
  }

  /** Nothing more is sent; answers with what is known to have arrived. */
  stop(key: MessageKey): number | undefined {
    const active = this.#active.get(keyText(key))?.file;
    this.#active.delete(keyText(key));
    active?.stop();
    return active?.arrived;
  }

  /** What goes on waits: all, or what goes over one session. */
  async suspend(session?: Session): Promise<void> {
    for (const { key, file } of this.#active.values()) {
      if (session !== undefined && file.session !== session) continue;
      await this.#ledger.pause(key, this.stop(key));
    }
  }

  /** Never rejects: a store that has failed ends the session, and the next one begins again. */
  async #run(key: MessageKey, outgoing: OutgoingFile, from: FileAcceptBody): Promise<void> {
    const { session } = outgoing;
    const gate = this.#gates.of(session);
    try {
      await this.#reading.run(key, async () => {
        if (!this.#isCurrent(key, outgoing)) return;
        await gate.enter(outgoing);
        await outgoing.run(from);
      });
    } catch (error) {
      if (!this.#isCurrent(key, outgoing)) return; // asked for again meanwhile, or stopped
      this.#active.delete(keyText(key));
      const reason = await this.#ledger.fail(key, error).catch(() => undefined);
      if (reason !== undefined) await refuseFile(session, from.id, reason);
    } finally {
      gate.leave(outgoing);
    }
  }

  #isCurrent(key: MessageKey, outgoing: OutgoingFile): boolean {
    return this.#active.get(keyText(key))?.file === outgoing;
  }
}
