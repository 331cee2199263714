// Receiving a file that was accepted: Spec 8.5.
import { type FileChunk, releaseChunk } from '../../application/file-chunk.js';
import { encodeFileAccept, encodeFileCredit } from '../../application/file-bodies.js';
import { KIND_FILE_ACCEPT, KIND_FILE_CREDIT } from '../../application/kinds.js';
import type { Files, FileSink, RunningHash, SinkPlan } from '../ports/files.js';
import type { Session } from '../sessions/session-registry.js';
import type { Gate } from './gate.js';
import type { IncomingListener } from './incoming-listener.js';
import { CREDIT_EVERY_BYTES, MAX_UNWRITTEN_BYTES } from './limits.js';
import { TransferEnd } from './transfer-end.js';
import { Unwritten } from './unwritten.js';

/**
 * One file on its way over one session. What arrives waits in memory for the disk, within the window.
 *
 *     asking --(first chunk from the offset, or a file that has none left)--> receiving --> over
 */
export class IncomingFile {
  readonly session: Session;
  readonly #id: Uint8Array;
  readonly #files: Files;
  readonly #plan: SinkPlan;
  readonly #gate: Gate;
  readonly #listener: IncomingListener;
  /** Until what was asked for has begun to come, what an earlier request of this session brings may come. */
  #mayBeOld: boolean;
  #sink: FileSink | undefined;
  #hash: RunningHash | undefined;
  #received = 0;
  /** Where the chunk ends that was taken last, which may be one that was here already. */
  #heardTo = 0;
  #written = 0;
  #credited = 0;
  #owesCredit = false;
  #isSayingCredit = false;
  /** Resolves when what was said last is on its way, and so all before it. */
  #said: Promise<void> = Promise.resolve();
  readonly #unwritten = new Unwritten();
  /** `#writeAll` is queued, and will find whatever comes until it begins: a peer decides how many records there are. */
  #isWriteQueued = false;
  /** What came was here already, and its sender waits for the credit for it. */
  #wasRepeated = false;
  #expected: Uint8Array | undefined;
  /** Nothing more is taken: it is done, has failed, or was stopped. */
  #isOver = false;
  /** Writes one after the other, and at last what ends it. Never rejects. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: {
    session: Session;
    id: Uint8Array;
    files: Files;
    plan: SinkPlan;
    /** How many are received at once. */
    gate: Gate;
    /** The same file was asked for over this session before. */
    isAskedAgain: boolean;
    listener: IncomingListener;
  }) {
    this.session = options.session;
    this.#id = options.id;
    this.#files = options.files;
    this.#plan = options.plan;
    this.#gate = options.gate;
    this.#mayBeOld = options.isAskedAgain;
    this.#listener = options.listener;
  }

  /** Asks for what is not there yet, once it is its turn. */
  start(): void {
    this.#do(() => this.#begin());
  }

  /** Takes a chunk, in the order of arrival. Nothing of it is kept if it is not what was asked for. */
  take({ offset, data }: FileChunk): void {
    if (this.#isOver || this.#hash === undefined) return;
    const end = offset + data.length;
    if (offset > this.#received) {
      if (this.#mayBeOld) return;
      return this.#refuse('A part of the file was left out.');
    }
    this.#mayBeOld = false;
    if (end > this.#plan.size) return this.#refuse('More was sent than was offered.');
    if (end <= this.#received) return this.#repeat(end);
    if (this.#expected !== undefined) return this.#refuse('More was sent after the end.');
    this.#heardTo = end;
    const fresh = data.subarray(this.#received - offset);
    this.#received = end;
    if (this.#received - this.#written > MAX_UNWRITTEN_BYTES) {
      return this.#refuse('More was sent than there was room for.');
    }
    this.#unwritten.push(fresh);
    this.#queueWrite();
  }

  /** The sender says that this was all, and what it was. */
  end(sha256: Uint8Array): void {
    if (this.#isOver || this.#hash === undefined || this.#expected !== undefined) return;
    if (this.#received < this.#plan.size) {
      if (this.#mayBeOld) return;
      return this.#refuse('The file ended too early.');
    }
    this.#expected = sha256;
    this.#queueWrite();
  }

  /** Takes nothing more; resolves with how many bytes have reached the disk, if that was looked at. */
  async stop(): Promise<number | undefined> {
    this.#giveUp();
    await this.#work;
    const kept = await this.#closeSink();
    return this.#hash === undefined ? undefined : kept;
  }

  async #begin(): Promise<void> {
    const plan = this.#plan;
    await this.#gate.enter(this, plan.size - plan.syncedBytes);
    if (this.#isOver) return;
    const sink = await this.#files.openSink(plan, (bytes) => this.#listener.onSynced(bytes));
    this.#sink = sink;
    const hash = this.#files.startHash();
    for await (const piece of sink.kept()) {
      if (this.#isOver) return;
      await hash.update(piece);
    }
    const offset = sink.keptBytes;
    [this.#received, this.#written, this.#credited] = [offset, offset, offset];
    const prefix = await hash.digest();
    if (this.#isOver) return;
    this.#hash = hash;
    this.#listener.onProgress(offset);
    const body = encodeFileAccept({ id: this.#id, offset, prefix });
    // Not waited for, as whoever stops this file waits for its work.
    const sent = this.session.channel.send(KIND_FILE_ACCEPT, body);
    this.#said = sent.catch((error: unknown) => this.#do(() => Promise.reject(error)));
  }

  /** After what is under way. What fails ends it, unless something else has. */
  #do(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(async (error: unknown) => {
      if (!this.#isOver) await this.#fail(error);
    });
  }

  #queueWrite(): void {
    if (this.#isWriteQueued) return;
    this.#isWriteQueued = true;
    this.#do(() => this.#writeAll());
  }

  async #writeAll(): Promise<void> {
    this.#isWriteQueued = false;
    const [sink, hash] = [this.#sink, this.#hash];
    if (sink === undefined || hash === undefined) return;
    for (;;) {
      const data = this.#unwritten.take();
      if (data === undefined || this.#isOver) break;
      // Hashed while the disk is at work.
      await Promise.all([sink.append(data), hash.update(data)]);
      this.#written += data.length;
      releaseChunk(data);
      this.#listener.onProgress(this.#written);
      this.#credit();
    }
    if (this.#isOver) return;
    if (this.#wasRepeated) this.#sayCredit();
    if (this.#expected !== undefined) await this.#finish(sink, hash);
  }

  /** A sender that was asked again sends what is here already, and waits for the credit for it. */
  #repeat(end: number): void {
    this.#heardTo = end;
    this.#wasRepeated = true;
    this.#queueWrite();
  }

  #credit(): void {
    const isDue = this.#written - this.#credited >= CREDIT_EVERY_BYTES;
    if (!isDue && !this.#unwritten.isEmpty) return;
    this.#credited = this.#written;
    this.#sayCredit();
  }

  #sayCredit(): void {
    this.#owesCredit = true;
    this.#wasRepeated = false;
    if (!this.#isSayingCredit) this.#said = this.#sayCredits();
  }

  /** One at a time, of the newest: a sender that reads none of them must not make this side keep them all. */
  async #sayCredits(): Promise<void> {
    this.#isSayingCredit = true;
    while (this.#owesCredit) {
      this.#owesCredit = false;
      // To a sender that was asked again, credit for more than it has sent for this request says nothing.
      const offset = Math.min(this.#heardTo, this.#written);
      const body = encodeFileCredit({ id: this.#id, offset });
      // A session that has ended takes none; the next one begins with what is on disk.
      await this.session.channel.send(KIND_FILE_CREDIT, body).catch(() => undefined);
    }
    this.#isSayingCredit = false;
  }

  async #finish(sink: FileSink, hash: RunningHash): Promise<void> {
    const expected = this.#expected ?? new Uint8Array();
    if (Buffer.compare(await hash.digest(), expected) !== 0) {
      throw new TransferEnd('peer', 'The hash of the file is not what its sender says.');
    }
    const path = await sink.finish();
    this.#sink = undefined;
    this.#giveUp();
    await this.#listener.onDone(path);
  }

  #refuse(reason: string): void {
    this.#giveUp();
    // The disk may be at work for this file.
    this.#work = this.#work.then(() => this.#fail(new TransferEnd('peer', reason)));
  }

  /** Never rejects: a disk or a store that fails here leaves what is found at the next start. */
  async #fail(cause: unknown): Promise<void> {
    this.#giveUp();
    await this.#closeSink().catch(() => undefined);
    await this.#listener.onFailed(cause).catch(() => undefined);
  }

  #giveUp(): void {
    this.#isOver = true;
    this.#unwritten.clear();
    this.#owesCredit = false;
    // Nobody gets the place of a file about which there is something still to be read.
    void this.#said.then(() => this.#gate.leave(this));
  }

  async #closeSink(): Promise<number | undefined> {
    const sink = this.#sink;
    this.#sink = undefined;
    return sink?.close();
  }
}
