// Files that come in: Spec 8.5.
import { dirname } from 'node:path';
import type { Files } from '../ports/files.js';
import type { MessageKey } from '../ports/store.js';
import type { StoredTransfer } from '../ports/transfer-store.js';
import type { Session } from '../sessions/session-registry.js';
import { refuseFile, sayEnd } from './answers.js';
import { Gate } from './gate.js';
import { IncomingFile } from './incoming-file.js';
import type { IncomingListener } from './incoming-listener.js';
import { INCOMING_PLACES } from './limits.js';
import { PerSession } from './per-session.js';
import { keyText } from './transfer-key.js';
import { hasEnded, type TransferLedger } from './transfer-ledger.js';
import type { TransferLocks } from './transfer-locks.js';

/** Receives what the person has accepted, each file over one session. */
export class Receiving {
  readonly #ledger: TransferLedger;
  readonly #files: Files;
  readonly #locks: TransferLocks;
  readonly #newest: (contact: Uint8Array) => Session | undefined;
  readonly #isOpen: (session: Session) => boolean;
  readonly #active = new Map<string, { readonly key: MessageKey; readonly file: IncomingFile }>();
  /** Spec 6: what answers an offer goes by the session over which it came. */
  readonly #offeredOver = new Map<string, Session>();
  readonly #gates = new PerSession(() => new Gate(INCOMING_PLACES));
  /** What has been asked for over a session and has not arrived over it. */
  readonly #asked = new PerSession(() => new Set<string>());

  constructor(options: {
    ledger: TransferLedger;
    files: Files;
    locks: TransferLocks;
    newest: (contact: Uint8Array) => Session | undefined;
    /** What a session has brought is read to its end also when it has ended. */
    isOpen: (session: Session) => boolean;
  }) {
    this.#ledger = options.ledger;
    this.#files = options.files;
    this.#locks = options.locks;
    this.#newest = options.newest;
    this.#isOpen = options.isOpen;
  }

  /** What goes on for this key over this session. */
  over(session: Session, key: MessageKey): IncomingFile | undefined {
    const active = this.#active.get(keyText(key))?.file;
    return active?.session === session ? active : undefined;
  }

  sessionOf(key: MessageKey): Session | undefined {
    return this.#active.get(keyText(key))?.file.session ?? this.#offeredOver.get(keyText(key));
  }

  /** An offer that is stored has come over this session, perhaps not for the first time. */
  async answer(key: MessageKey, session: Session): Promise<void> {
    const file = this.#ledger.get(key)?.message.file ?? { state: 'declined' as const };
    if (file.state === 'transferring' || file.state === 'paused') {
      await this.#receive(key, session);
    } else if (file.state !== 'offered') {
      void sayEnd(session, key.id, file);
    } else if (this.#isOpen(session)) {
      this.#offeredOver.set(keyText(key), session); // the person is still to decide
    }
  }

  /**
   * The person wants it, or wants it to go on: at `temporaryPath`, unless it has begun elsewhere and
   * nobody wants it moved. @throws MessengerError `transfer_over`
   */
  async accept(key: MessageKey, temporaryPath: string, isPlaceChosen: boolean): Promise<void> {
    await this.#locks.run(key, async () => {
      const { message, temporaryPath: kept } = this.#ledger.require(key);
      const begun = message.file.state === 'offered' ? undefined : kept;
      const isMoved =
        begun !== undefined && isPlaceChosen && dirname(begun) !== dirname(temporaryPath);
      // It is on its way there: what is stored of it must not say that it waits.
      if (!isMoved && this.#active.has(keyText(key))) return;
      if (isMoved) {
        await this.stop(key);
        await this.#files.discard(begun);
      }
      await this.#ledger.accept(key, isMoved ? temporaryPath : (begun ?? temporaryPath), isMoved);
    });
    const session = this.#offeredOver.get(keyText(key)) ?? this.#newest(key.contact);
    this.#offeredOver.delete(keyText(key));
    if (session !== undefined) await this.#receive(key, session);
  }

  /** A session has begun: what is wanted is asked for, also if its sender thinks that it is over. */
  async resume(session: Session): Promise<void> {
    const wanted = this.#ledger
      .unfinished(session.channel.peerId)
      .filter(({ message: { direction, file } }) => direction === 'in' && file.state !== 'offered');
    // Together: one whose disk does not answer must not hold up the others.
    await Promise.all(wanted.map(({ message }) => this.#receive(message, session)));
  }

  /** Nothing more is received; what is there stays. Only within the transfer's lock. */
  async stop(key: MessageKey): Promise<number | undefined> {
    const active = this.#active.get(keyText(key));
    this.#active.delete(keyText(key));
    return active?.file.stop();
  }

  /** What goes on waits: all, or what goes over one session. */
  async suspend(session?: Session): Promise<void> {
    for (const [text, offeredOver] of this.#offeredOver) {
      if (session === undefined || offeredOver === session) this.#offeredOver.delete(text);
    }
    const going = [...this.#active.values()].filter(
      ({ file }) => session === undefined || file.session === session,
    );
    await Promise.all(
      going.map(({ key, file }) =>
        this.#locks.run(key, async () => {
          if (this.#active.get(keyText(key))?.file !== file) return;
          await this.#ledger.pause(key, await this.stop(key));
        }),
      ),
    );
  }

  async #receive(key: MessageKey, session: Session): Promise<void> {
    await this.#locks.run(key, async () => {
      if (!this.#isOpen(session) || this.over(session, key) !== undefined) return;
      const kept = await this.stop(key);
      if (kept !== undefined) await this.#ledger.keep(key, kept);
      const transfer = this.#ledger.get(key);
      if (transfer === undefined) return;
      const { temporaryPath, message } = transfer;
      // It was about to end, and its sender has not heard that over the session before this one.
      if (hasEnded(message.file.state)) {
        void sayEnd(session, key.id, message.file);
        return;
      }
      if (temporaryPath === undefined) return;
      if (!(await this.#ledger.begin(key))) return;
      if (!this.#isOpen(session)) return this.#ledger.pause(key, undefined);
      const text = keyText(key);
      const asked = this.#asked.of(session);
      const { id, text: name, file } = message;
      const { size, isFolder, bytes: syncedBytes } = file;
      const directory = dirname(temporaryPath);
      const incoming: IncomingFile = new IncomingFile({
        session,
        id,
        files: this.#files,
        plan: { temporaryPath, directory, name, size, isFolder, syncedBytes },
        gate: this.#gates.of(session),
        isAskedAgain: asked.has(text),
        listener: this.#listener(session, transfer, () => this.over(session, key) === incoming),
      });
      asked.add(text);
      this.#active.set(text, { key, file: incoming });
      incoming.start();
    });
  }

  #listener(
    session: Session,
    transfer: StoredTransfer,
    isUnderWay: () => boolean,
  ): IncomingListener {
    const { message: key } = transfer;
    const progress = this.#ledger.progressOf(transfer);
    return {
      onProgress: (bytes) => progress.mark(bytes),
      onSynced: (bytes) => {
        // What is stored when it is stopped counts, and comes after it has left.
        if (isUnderWay()) void this.#ledger.keep(key, bytes).catch(() => undefined);
      },
      onDone: async (path) => {
        this.#active.delete(keyText(key));
        this.#asked.of(session).delete(keyText(key));
        if (await this.#ledger.complete(key, path)) {
          void sayEnd(session, key.id, { state: 'done' });
        }
      },
      onFailed: async (error) => {
        this.#active.delete(keyText(key));
        const reason = await this.#ledger.fail(key, error);
        if (reason !== undefined) void refuseFile(session, key.id, reason);
      },
    };
  }
}
