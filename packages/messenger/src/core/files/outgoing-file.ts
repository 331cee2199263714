// Sending a file that was accepted: Spec 8.5.
import { encodeFileEnd, type FileAcceptBody } from '../../application/file-bodies.js';
import { KIND_FILE_CHUNK, KIND_FILE_END } from '../../application/kinds.js';
import { MessengerError } from '../../errors.js';
import { ahead } from '../ahead.js';
import type { Mutex } from '../mutex.js';
import type { Clock } from '../ports/clock.js';
import type { Files, FileSource, OfferedPath, RunningHash } from '../ports/files.js';
import type { Session } from '../sessions/session-registry.js';
import { CreditWindow } from './credit-window.js';
import { flowOf, READ_BYTES } from './limits.js';
import { readAhead } from './read-ahead.js';
import { TransferEnd } from './transfer-end.js';

/** Of this side's file: whatever else goes wrong with it, nobody would send what the receiver waits for. */
const UNREADABLE = 'Reading the file has failed. Check it, and offer it again.';

/** One file on its way over one session, from the offset that the receiver asked for. */
export class OutgoingFile {
  readonly session: Session;
  readonly #files: Files;
  readonly #offered: Omit<OfferedPath, 'name'>;
  /** Files that go over one session take turns, chunk by chunk. */
  readonly #turns: Mutex;
  readonly #onProgress: (bytes: number) => void;
  readonly #clock: Clock;
  #window: CreditWindow | undefined;
  #sent = 0;
  #isStopped = false;

  constructor(options: {
    session: Session;
    files: Files;
    offered: Omit<OfferedPath, 'name'>;
    turns: Mutex;
    onProgress: (bytes: number) => void;
    clock: Clock;
  }) {
    this.session = options.session;
    this.#files = options.files;
    this.#offered = options.offered;
    this.#turns = options.turns;
    this.#onProgress = options.onProgress;
    this.#clock = options.clock;
  }

  /** So many bytes are on the receiver's disk; undefined while nothing is known. */
  get arrived(): number | undefined {
    return this.#window?.credit;
  }

  /** The receiver has everything below `offset`; nobody has more than was sent. */
  grant(offset: number): void {
    if (this.#window === undefined || offset > this.#sent) return;
    this.#window.grant(offset);
    this.#onProgress(this.#window.credit);
  }

  /** What there is to send. */
  bytesFrom({ offset }: FileAcceptBody): number {
    return Math.max(0, this.#offered.size - offset);
  }

  /** Sends nothing more. */
  stop(): void {
    this.#isStopped = true;
    this.#window?.release();
  }

  /**
   * Resolves when all was sent, or it was stopped. Rejects with `TransferEnd`, also for a file that is gone, changed or cannot
   * be read, and with what the session rejects with.
   */
  async run({ id, offset, prefix }: FileAcceptBody): Promise<void> {
    const { size } = this.#offered;
    if (this.#isStopped) return;
    if (offset > size) throw new TransferEnd('peer', 'The offset is beyond the end of the file.');
    const source = await ofOwnFile(this.#files.openSource(this.#offered));
    try {
      const hash = this.#files.startHash();
      await this.#skip(source, hash, offset);
      if (this.#isStopped) return;
      if (Buffer.compare(await hash.digest(), prefix) !== 0) {
        throw new TransferEnd('peer', 'What the receiver has is not the beginning of this file.');
      }
      await this.#send({ id, source, hash, offset });
      if (this.#isStopped) return;
      await ofOwnFile(source.confirm());
      const sha256 = await hash.digest();
      await this.#turns.run(() =>
        this.session.channel.send(KIND_FILE_END, encodeFileEnd({ id, sha256 })),
      );
    } finally {
      await source.close();
    }
  }

  async #skip(source: FileSource, hash: RunningHash, offset: number): Promise<void> {
    const piece = new Uint8Array(Math.min(READ_BYTES, offset));
    for (let done = 0; done < offset && !this.#isStopped;) {
      const length = await ofOwnFile(source.read([piece.subarray(0, offset - done)]));
      if (length === 0) throw changed();
      await hash.update(piece.subarray(0, length));
      done += length;
    }
  }

  async #send(options: {
    id: Uint8Array;
    source: FileSource;
    hash: RunningHash;
    offset: number;
  }): Promise<void> {
    const { id, source, hash, offset } = options;
    const { size } = this.#offered;
    const { windowBytes, chunkDataBytes } = flowOf(this.session);
    const window = new CreditWindow({
      windowBytes,
      chunkBytes: chunkDataBytes,
      credit: offset,
      now: () => this.#clock.elapsed(),
    });
    this.#window = window;
    this.#sent = offset;
    const chunks = readAhead({
      id,
      source: { read: (into) => ofOwnFile(source.read(into)) },
      bytes: size - offset,
      chunkDataBytes,
    });
    for await (const { room, length } of chunks) {
      const [start, end] = [this.#sent, this.#sent + length];
      if (end > size) throw changed();
      const hashed = ahead(hash.update(room.data.subarray(0, length)));
      await window.room(end);
      if (!this.#isStopped) {
        const chunk = room.body(start, length);
        this.#sent = end;
        window.send(end);
        await this.#turns.run(() => this.session.channel.send(KIND_FILE_CHUNK, chunk));
      }
      await hashed;
      if (this.#isStopped) return;
    }
    if (this.#sent < size) throw changed();
  }
}

async function ofOwnFile<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const isGone =
      cause instanceof MessengerError && ['no_such_file', 'file_changed'].includes(cause.code);
    throw new TransferEnd('own', isGone ? cause.message : UNREADABLE, { cause });
  }
}

function changed(): TransferEnd {
  return new TransferEnd('own', 'The file was changed while it was being sent.');
}
