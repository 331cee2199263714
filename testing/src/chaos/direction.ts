import type { Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { SeededRandom } from '../seeded-random.js';
import { piecesOf, type Stretch } from './treatment.js';

/** With so much under way the sender is held back; on a slow line with what it carries in a quarter of a second. */
const MAX_UNDER_WAY_BYTES = 1_048_576;
const MAX_UNDER_WAY_SECONDS = 0.25;

interface Piece {
  readonly bytes: Buffer;
  readonly dueAt: number;
}

interface Fate {
  readonly cut: () => void;
  readonly end: () => void;
  readonly halt: () => void;
}

/** Bytes from one socket to another, as a stretch says. */
export class Direction {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #stretch: Stretch;
  readonly #random: SeededRandom;
  readonly #fate: Fate;
  readonly #underWay: Piece[] = [];
  #underWayBytes = 0;
  #passedBytes = 0;
  #source: 'open' | 'ended' | 'closed' = 'open';
  #flow: 'running' | 'paused' | 'halted' = 'running';
  /** When a slow line has carried all that it was given. */
  #freeAt = 0;
  #wake: () => void = () => undefined;

  constructor(options: {
    from: Socket;
    to: Socket;
    stretch: Stretch;
    random: SeededRandom;
    /** What becomes of the whole connection when the stretch says so. */
    fate: Fate;
  }) {
    this.#from = options.from;
    this.#to = options.to;
    this.#stretch = options.stretch;
    this.#random = options.random;
    this.#fate = options.fate;
    this.#from.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#from.on('end', () => this.#sourceIs('ended'));
    this.#from.on('close', () => this.#sourceIs('closed'));
    this.#to.on('close', () => this.#wake());
  }

  /** Bytes that were passed on. */
  get passedBytes(): number {
    return this.#passedBytes;
  }

  async start(): Promise<void> {
    await connected(this.#to);
    if (!this.#meetsItsFate()) await this.#carry();
  }

  /** Takes nothing more, so that whoever goes on sending has to wait. */
  pause(): void {
    if (this.#flow === 'running') this.#flow = 'paused';
    this.#hold();
  }

  resume(): void {
    if (this.#flow === 'paused') this.#flow = 'running';
    this.#hold();
    this.#wake();
  }

  /** From now on what comes is lost, and what is under way. */
  halt(): void {
    this.#flow = 'halted';
    this.#underWay.length = 0;
    this.#underWayBytes = 0;
    this.#hold();
    this.#wake();
  }

  #take(chunk: Buffer): void {
    if (this.#flow === 'halted') return;
    const { delayMs = 0, bytesPerSecond } = this.#stretch;
    const delay = typeof delayMs === 'number' ? delayMs : delayMs(this.#random);
    const now = performance.now();
    for (const bytes of piecesOf(chunk, this.#stretch, this.#random)) {
      if (bytesPerSecond !== undefined) {
        this.#freeAt = Math.max(now, this.#freeAt) + (bytes.length / bytesPerSecond) * 1_000;
      }
      this.#underWay.push({ bytes, dueAt: Math.max(now, this.#freeAt) + delay });
      this.#underWayBytes += bytes.length;
    }
    this.#hold();
    this.#wake();
  }

  async #carry(): Promise<void> {
    while (!this.#to.destroyed) {
      const [next] = this.#underWay;
      if (next === undefined || this.#flow !== 'running') {
        if (this.#flow === 'running') this.#passEnd();
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      const waitMs = next.dueAt - performance.now();
      if (waitMs > 0) {
        await setTimeout(waitMs);
        continue;
      }
      this.#underWay.shift();
      this.#underWayBytes -= next.bytes.length;
      this.#hold();
      await this.#pass(next.bytes);
    }
  }

  async #pass(bytes: Buffer): Promise<void> {
    const { split } = this.#stretch;
    const passing = bytes.subarray(0, this.#lastByte() - this.#passedBytes);
    this.#passedBytes += passing.length;
    // Until the operating system has them: a cut would take back what has not left.
    if (this.#to.writable) await new Promise((resolve) => this.#to.write(passing, resolve));
    if (!this.#meetsItsFate() && split !== undefined) await setImmediate();
  }

  #lastByte(): number {
    const { cutAt = Infinity, endAt = Infinity, haltAt = Infinity } = this.#stretch;
    return Math.min(cutAt, endAt, haltAt);
  }

  #meetsItsFate(): boolean {
    if (this.#passedBytes < this.#lastByte()) return false;
    if (this.#stretch.cutAt !== undefined) this.#fate.cut();
    else if (this.#stretch.endAt !== undefined) this.#fate.end();
    else this.#fate.halt();
    return true;
  }

  #sourceIs(source: 'ended' | 'closed'): void {
    this.#source = source;
    this.#wake();
  }

  #passEnd(): void {
    if (this.#source === 'closed') this.#to.destroySoon();
    else if (this.#source === 'ended' && this.#to.writable) this.#to.end();
  }

  #hold(): void {
    const { bytesPerSecond = Infinity } = this.#stretch;
    const max = Math.min(MAX_UNDER_WAY_BYTES, bytesPerSecond * MAX_UNDER_WAY_SECONDS);
    if (this.#flow === 'paused' || this.#underWayBytes > max) this.#from.pause();
    else if (this.#from.isPaused()) this.#from.resume();
  }
}

async function connected(socket: Socket): Promise<void> {
  if (!socket.pending) return;
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve);
    socket.once('close', () => resolve());
  });
}
