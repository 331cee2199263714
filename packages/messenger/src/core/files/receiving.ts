// Files that come in: Spec 8.5.
import { dirname } from 'node:path';
import { encodeFileDone } from '../../application/file-bodies.js';
import { KIND_FILE_DONE } from '../../application/kinds.js';
import type { Files } from '../ports/files.js';
import type { MessageKey } from '../ports/store.js';
import type { Session } from '../sessions/session-registry.js';
import { IncomingFile } from './incoming-file.js';
import { refuseFile } from './refuse-file.js';
import { keyText } from './transfer-key.js';
import type { TransferLedger } from './transfer-ledger.js';

/** Receives what the person has accepted, each file over the session over which it was offered last. */
export class Receiving {
  readonly #ledger: TransferLedger;
  readonly #files: Files;
  readonly #active = new Map<string, IncomingFile>();
  readonly #offeredOver = new Map<string, Session>();

  constructor(options: { ledger: TransferLedger; files: Files }) {
    this.#ledger = options.ledger;
    this.#files = options.files;
  }

  /** What goes on for this key over this session. */
  over(session: Session, key: MessageKey): IncomingFile | undefined {
    const active = this.#active.get(keyText(key));
    return active?.session === session ? active : undefined;
  }

  /** Where the contact is told what becomes of its offer, if it is here. */
  sessionOf(key: MessageKey): Session | undefined {
    return this.#offeredOver.get(keyText(key));
  }

  /** An offer that is stored has come over this session, perhaps not for the first time. */
  async answer(key: MessageKey, session: Session): Promise<void> {
    this.#offeredOver.set(keyText(key), session);
    const transfer = this.#ledger.get(key);
    const state = transfer?.message.file.state ?? 'declined';
    switch (state) {
      case 'offered':
        return; // the person is still to decide
      case 'transferring':
      case 'paused':
        await this.#receive(key, session);
        return;
      case 'done':
        await sayDone(session, key.id);
        return;
      case 'declined':
      case 'cancelled':
      case 'failed':
        await refuseFile(session, key.id, transfer?.message.file.reason ?? `It was ${state}.`);
        return;
      default:
        state satisfies never;
    }
  }

  /** The person wants it, or wants it to go on. @throws MessengerError `transfer_over` */
  async accept(key: MessageKey, temporaryPath: string): Promise<void> {
    const begun = this.#ledger.require(key).temporaryPath;
    await this.#ledger.begin(key, begun ?? temporaryPath);
    const session = this.sessionOf(key);
    if (session !== undefined) await this.#receive(key, session);
  }

  /** Nothing more is received; what is there stays. */
  async stop(key: MessageKey): Promise<void> {
    const active = this.#active.get(keyText(key));
    this.#active.delete(keyText(key));
    await active?.stop();
  }

  async sessionEnded(session: Session): Promise<void> {
    for (const [text, offeredOver] of this.#offeredOver) {
      if (offeredOver === session) this.#offeredOver.delete(text);
    }
    for (const { message } of this.#ledger.unfinished(session.channel.peerId)) {
      const active = message.direction === 'in' ? this.over(session, message) : undefined;
      if (active === undefined) continue;
      this.#active.delete(keyText(message));
      await this.#ledger.pause(message, await active.stop());
    }
  }

  async #receive(key: MessageKey, session: Session): Promise<void> {
    const text = keyText(key);
    const before = this.#active.get(text);
    if (before?.session === session) return;
    this.#active.delete(text);
    const kept = await before?.stop();
    if (kept !== undefined) await this.#ledger.keep(key, kept);
    const transfer = this.#ledger.get(key);
    const temporaryPath = transfer?.temporaryPath;
    if (transfer === undefined || temporaryPath === undefined) return;
    const { id, text: name, file } = transfer.message;
    const progress = this.#ledger.progressOf(transfer);
    const incoming = new IncomingFile({
      session,
      files: this.#files,
      plan: {
        id,
        temporaryPath,
        directory: dirname(temporaryPath),
        name,
        size: file.size,
        isFolder: file.isFolder,
        syncedBytes: file.bytes,
      },
      listener: {
        onProgress: (bytes) => progress.mark(bytes),
        onDone: async (path) => {
          this.#active.delete(text);
          await this.#ledger.complete(key, path);
          await sayDone(session, id);
        },
        onFailed: async (error) => {
          this.#active.delete(text);
          const reason = await this.#ledger.fail(key, error);
          if (reason !== undefined) await refuseFile(session, id, reason);
        },
      },
    });
    this.#active.set(text, incoming);
    await this.#ledger.begin(key);
    await incoming.start();
  }
}

/** Never rejects: who does not hear it offers once more, and is answered then. */
async function sayDone({ channel }: Session, id: Uint8Array): Promise<void> {
  await channel.send(KIND_FILE_DONE, encodeFileDone(id)).catch(() => undefined);
}
