// Spec 1.1 over a WebSocket of a browser, of Node itself, Deno or Bun, or of the `ws` package.
import type { Duplex } from '../channel/duplex.js';
import { MAX_MESSAGE_BYTES, UNREAD_MAX_BYTES } from '../limits.js';
import { connectionOver } from './connection-over.js';
import { messageQueue } from './message-queue.js';
import { SocketDrain } from './socket-drain.js';

/** What is used of a WebSocket. Of `ws`, also what a browser lacks. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  /** Sends a binary message. */
  send(data: Uint8Array<ArrayBuffer>): void;
  /** Begins to close in order. */
  close(code?: number): void;
  /** Calls `listener` for each event of the type. */
  addEventListener(
    type: 'open' | 'message' | 'error' | 'close',
    listener: (event: object) => void,
  ): void;
  /** Cuts the connection. */
  terminate?(): void;
  /** Stops reading from the connection. */
  pause?(): void;
  /** Reads on. */
  resume?(): void;
}

const OPEN = 1;
const NORMAL_CLOSURE = 1000;

class WebSocketDuplex implements Duplex {
  readonly closed: Promise<void>;
  readonly #ended = Promise.withResolvers<void>();
  readonly #received = messageQueue(() => this.close());
  readonly #socket: WebSocketLike;
  readonly #drain: SocketDrain;
  /** Resolves when the socket is open, or will never be. What is sent waits for it in the order of the calls, and so does `close`. */
  readonly #opened = Promise.withResolvers<void>();
  #isPaused = false;
  #hasEnded = false;

  constructor(socket: WebSocketLike) {
    this.#socket = socket;
    this.closed = this.#ended.promise;
    this.#drain = new SocketDrain(socket);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => this.#opened.resolve());
    socket.addEventListener('message', (event) => this.#receive(Reflect.get(event, 'data')));
    // What went wrong is told by the close that follows.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', () => this.#end());
    if (socket.readyState === OPEN) this.#opened.resolve();
    if (socket.readyState > OPEN) this.#end();
  }

  get messages(): AsyncIterable<Uint8Array> {
    return this.#received;
  }

  async send(bytes: Uint8Array): Promise<void> {
    await this.#opened.promise;
    if (this.#hasEnded || this.#socket.readyState > OPEN) throw connectionOver();
    // Nobody seals into shared memory.
    this.#socket.send(bytes as Uint8Array<ArrayBuffer>);
    await this.#drain.untilLow();
  }

  close(): void {
    if (this.#hasEnded) return;
    this.#received.end();
    // A reader that has stopped must not keep the peer's answer from being seen.
    this.#resume();
    void this.#opened.promise.then(() => this.#socket.close(NORMAL_CLOSURE));
  }

  terminate(): void {
    this.#received.discard();
    if (this.#hasEnded) return;
    if (this.#socket.terminate) {
      this.#socket.terminate();
    } else {
      // A browser only closes in order, which a dead peer can drag out: for us it is over now.
      this.#socket.close();
      this.#end();
    }
  }

  #receive(data: unknown): void {
    if (this.#hasEnded) return;
    if (!(data instanceof ArrayBuffer) || data.byteLength > MAX_MESSAGE_BYTES) {
      this.terminate();
      return;
    }
    const room = this.#received.add(new Uint8Array(data));
    if (!room) return;
    if (this.#socket.pause) {
      this.#isPaused = true;
      this.#socket.pause();
      void room.then(() => this.#resume());
    } else if (this.#received.bytes > UNREAD_MAX_BYTES) {
      this.terminate();
    }
  }

  #resume(): void {
    if (this.#isPaused && !this.#hasEnded) this.#socket.resume?.();
    this.#isPaused = false;
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#opened.resolve();
    this.#received.end();
    this.#drain.stop();
    this.#ended.resolve();
  }
}

/**
 * The socket may still be connecting. Text messages and messages of more than 262,174 bytes cut the connection; with `ws`,
 * set `maxPayload` to `MAX_MESSAGE_BYTES` and `perMessageDeflate` to false as well, so that they are not even buffered.
 */
export function webSocketDuplex(socket: WebSocketLike): Duplex {
  return new WebSocketDuplex(socket);
}
