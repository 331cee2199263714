// Files that go out: Spec 8.5 and 8.8.
import { encodeFileOffer, type FileAcceptBody } from '../../application/file-bodies.js';
import { KIND_FILE_OFFER } from '../../application/kinds.js';
import { Mutex } from '../mutex.js';
import type { Clock } from '../ports/clock.js';
import type { Files } from '../ports/files.js';
import type { MessageKey } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import { refuseFile } from './answers.js';
import { Gate } from './gate.js';
import { MAX_ACCEPTS_PER_SESSION, OUTGOING_PLACES } from './limits.js';
import { offerOf } from './offer.js';
import { OutgoingFile } from './outgoing-file.js';
import { OutgoingFiles } from './outgoing-files.js';
import { PerSession } from './per-session.js';
import { keyText } from './transfer-key.js';
import { TransferEnd } from './transfer-end.js';
import { hasEnded, type TransferLedger } from './transfer-ledger.js';
import { TransferLocks } from './transfer-locks.js';

/**
 * Sends what contacts have accepted, each file over the session over which it was asked for. Of requests that came over two
 * sessions nobody knows which was made last: both are answered, and the one that nobody takes gets no credit.
 */
export class Sending {
  readonly #ledger: TransferLedger;
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #isOpen: (session: Session) => boolean;
  readonly #active = new OutgoingFiles();
  /** Over a session a file is read, and its beginning hashed, once at a time, however often it is asked for. */
  readonly #reading = new PerSession(() => new TransferLocks());
  readonly #turns = new PerSession(() => new Mutex());
  readonly #gates = new PerSession(() => new Gate(OUTGOING_PLACES));
  /** How often each file was asked for over a session. */
  readonly #asked = new PerSession(() => new Map<string, number>());

  constructor(options: {
    ledger: TransferLedger;
    files: Files;
    clock: Clock;
    /** What a session has brought is read to its end also when it has ended. */
    isOpen: (session: Session) => boolean;
  }) {
    this.#ledger = options.ledger;
    this.#files = options.files;
    this.#clock = options.clock;
    this.#isOpen = options.isOpen;
  }

  /** What goes on for this key over this session. */
  over(session: Session, key: MessageKey): OutgoingFile | undefined {
    return this.#active.over(session, key);
  }

  sessionOf(key: MessageKey): Session | undefined {
    return this.#active.of(key).at(-1)?.session;
  }

  /** The contact wants the file from an offset on; it may ask once more from another one. Resolves when that is under way. */
  async send(key: MessageKey, session: Session, from: FileAcceptBody): Promise<void> {
    if (!this.#isOpen(session)) return;
    const transfer = this.#ledger.get(key);
    if (transfer === undefined || hasEnded(transfer.message.file.state)) {
      const reason = transfer?.message.file.reason ?? 'There is no such file any more.';
      void refuseFile(session, from.id, reason);
      return;
    }
    const earlier = this.#active.over(session, key);
    if (earlier !== undefined) this.#stop(key, earlier);
    const asked = this.#asked.of(session);
    const times = (asked.get(keyText(key)) ?? 0) + 1;
    asked.set(keyText(key), times);
    if (times > MAX_ACCEPTS_PER_SESSION) {
      const reason = 'The file was asked for too often.';
      this.stop(key);
      await this.#ledger.finish(key, 'failed', reason);
      void refuseFile(session, from.id, reason);
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
    this.#active.add(key, outgoing);
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

  /** Nothing more of it is sent. */
  stop(key: MessageKey): void {
    for (const file of this.#active.of(key)) this.#stop(key, file);
  }

  /** What goes on waits: all, or what goes over one session. */
  async suspend(session?: Session): Promise<void> {
    const stopped = this.#active.all(session);
    for (const [key, file] of stopped) this.#stop(key, file);
    await Promise.all(
      stopped.map(async ([key, { arrived }]) => {
        if (this.#active.of(key).length === 0) await this.#ledger.pause(key, arrived);
      }),
    );
  }

  #stop(key: MessageKey, file: OutgoingFile): void {
    this.#active.remove(key, file);
    file.stop();
    this.#gates.of(file.session).leave(file);
  }

  /** Never rejects: a store that has failed ends the session, and the next one begins again. */
  async #run(key: MessageKey, outgoing: OutgoingFile, from: FileAcceptBody): Promise<void> {
    const { session } = outgoing;
    const gate = this.#gates.of(session);
    try {
      await this.#reading.of(session).run(key, async () => {
        if (this.over(session, key) !== outgoing) return;
        await gate.enter(outgoing, outgoing.bytesFrom(from));
        await outgoing.run(from);
      });
    } catch (error) {
      if (!this.#active.remove(key, outgoing)) return; // asked for again meanwhile, or stopped
      const isEnd = error instanceof TransferEnd;
      if (isEnd) this.stop(key);
      else if (this.#active.of(key).length > 0) return; // it goes on over another session
      const reason = await this.#ledger.fail(key, error).catch(() => undefined);
      if (reason !== undefined) void refuseFile(session, from.id, reason);
    } finally {
      gate.leave(outgoing);
    }
  }
}
