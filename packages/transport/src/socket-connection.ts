import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Connection } from './connection.js';
import { TransportError } from './errors.js';
import {
  CLOSE_TIMEOUT_MS,
  DRAIN_TIMEOUT_MS,
  RECEIVE_HIGH_WATER_BYTES,
  SEND_HIGH_WATER_BYTES,
} from './limits.js';
import { giveBack, LARGE_MESSAGE_BYTES, takeOver } from './large-bytes.js';
import { writeMasked } from './masked-message.js';
import { MessageQueue } from './message-queue.js';
import { ReadMemory } from './read-memory.js';

const NORMAL_CLOSURE = 1000;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: TransportError) => void;
}

/** An open WebSocket of `ws`, of either end, as a connection. */
export class SocketConnection implements Connection {
  readonly remoteAddress: string;
  readonly closed: Promise<{ readonly clean: boolean }>;
  readonly #socket: WebSocket;
  /** What the WebSocket writes to. */
  readonly #stream: Duplex;
  /** Clients mask what they send: RFC 6455, section 5.1. */
  readonly #isClient: boolean;
  #isCorked = false;
  /** Once a large message has come: idle guests have none. */
  #readMemory: ReadMemory | undefined;
  readonly #received: MessageQueue;
  /** Sends that wait for room. */
  #waiting: Waiting[] = [];
  #drainTimer: NodeJS.Timeout | undefined;
  #hasEnded = false;

  constructor(options: {
    socket: WebSocket;
    stream: Duplex;
    remoteAddress: string;
    isClient: boolean;
  }) {
    const { socket } = options;
    this.#socket = socket;
    this.#stream = options.stream;
    this.#isClient = options.isClient;
    this.remoteAddress = options.remoteAddress;
    this.#received = new MessageQueue(() => this.#resumeIfRead());
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    // What went wrong is told by the close that follows.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', (code) => {
        this.#end();
        resolve({ clean: code === NORMAL_CLOSURE });
      });
    });
  }

  get messages(): AsyncIterable<Uint8Array> {
    return this.#received;
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.#hasEnded || this.#socket.readyState !== this.#socket.OPEN) throw connectionLost();
    this.#cork();
    this.#write(bytes);
    if (this.#socket.bufferedAmount <= SEND_HIGH_WATER_BYTES) return;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#drainTimer ??= setTimeout(() => this.terminate(), DRAIN_TIMEOUT_MS);
    });
  }

  close(): void {
    if (this.#hasEnded) return;
    // A reader that has stopped must not keep the peer's answer from being seen.
    this.#received.end();
    if (this.#socket.isPaused) this.#socket.resume();
    this.#socket.close(NORMAL_CLOSURE);
    const timer = setTimeout(() => this.#socket.terminate(), CLOSE_TIMEOUT_MS);
    void this.closed.then(() => clearTimeout(timer));
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #write(bytes: Uint8Array): void {
    const own = takeOver(bytes);
    const onWritten = (error?: Error | null): void => {
      if (own !== undefined) giveBack(own);
      if (error === undefined || error === null) this.#drained();
    };
    if (own !== undefined && this.#isClient) writeMasked(this.#stream, own, onWritten);
    else this.#socket.send(own ?? bytes, { binary: true }, onWritten);
  }

  /** What is sent in one go, up to the next tick, is written in one go: many small messages cost one system call. */
  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#stream.cork();
    process.nextTick(() => {
      this.#isCorked = false;
      this.#stream.uncork();
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!isBinary || !Buffer.isBuffer(data)) {
      this.terminate(); // Spec 1.1: text frames are refused
      return;
    }
    if (data.length >= LARGE_MESSAGE_BYTES) {
      this.#readMemory ??= new ReadMemory(this.#socket, this.#stream);
    }
    this.#readMemory?.release(data);
    this.#received.push(new Uint8Array(data.buffer, data.byteOffset, data.length));
    if (this.#received.bytes > RECEIVE_HIGH_WATER_BYTES) this.#socket.pause();
  }

  #resumeIfRead(): void {
    const isLow = this.#received.bytes <= RECEIVE_HIGH_WATER_BYTES / 2;
    if (isLow && this.#socket.isPaused) this.#socket.resume();
  }

  #drained(): void {
    this.#drainTimer?.refresh();
    if (this.#socket.bufferedAmount > SEND_HIGH_WATER_BYTES) return;
    clearTimeout(this.#drainTimer);
    this.#drainTimer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { resolve } of waiting) resolve();
  }

  #end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#drainTimer);
    this.#received.end();
    for (const { reject } of this.#waiting) reject(connectionLost());
    this.#waiting = [];
  }
}

function connectionLost(): TransportError {
  return new TransportError('connection_lost', 'The connection has ended. Connect again.');
}
