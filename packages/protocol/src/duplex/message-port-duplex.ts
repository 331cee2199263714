// Messages over a MessagePort, or between a page and its worker. A port tells neither how much waits in it nor, everywhere,
// that its other end is gone, so the two ends say so themselves: an ArrayBuffer is a message, a number says how many bytes
// have been taken, and null ends the connection.
import { copyBytes } from '../bytes.js';
import type { Duplex } from '../channel/duplex.js';
import { MAX_MESSAGE_BYTES, SEND_HIGH_WATER_BYTES, UNREAD_MAX_BYTES } from '../limits.js';
import { connectionOver } from './connection-over.js';
import { messageQueue } from './message-queue.js';

/** A `MessagePort` of a browser or of node:worker_threads, a `Worker` of a browser, or the scope inside one. */
export interface MessagePortLike {
  /** Sends a message; the buffers in `transfer` go with it. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** Calls `listener` for each message, or when the other end is gone, where the runtime tells. */
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  /** Lets messages come; what is a MessagePort has it. */
  start?(): void;
  /** Ends the port; what is a MessagePort has it. */
  close?(): void;
}

class MessagePortDuplex implements Duplex {
  readonly closed: Promise<void>;
  readonly #ended = Promise.withResolvers<void>();
  readonly #received = messageQueue(() => this.close());
  readonly #port: MessagePortLike;
  /** Bytes that were sent and that the other end has not taken. */
  #untaken = 0;
  #room: PromiseWithResolvers<void> | undefined;
  #hasEnded = false;

  constructor(port: MessagePortLike) {
    this.#port = port;
    this.closed = this.#ended.promise;
    port.addEventListener('message', (event) => this.#receive(Reflect.get(event, 'data')));
    port.addEventListener('close', () => this.#end());
    port.start?.();
  }

  get messages(): AsyncIterable<Uint8Array> {
    return this.#received;
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.#hasEnded) throw connectionOver();
    this.#untaken += bytes.length;
    // A view of a part would take the whole buffer with it.
    const { buffer } = bytes.length === bytes.buffer.byteLength ? bytes : copyBytes(bytes);
    this.#port.postMessage(buffer, [buffer as ArrayBuffer]);
    if (this.#untaken <= SEND_HIGH_WATER_BYTES) return;
    this.#room ??= Promise.withResolvers<void>();
    await this.#room.promise;
  }

  close(): void {
    if (this.#hasEnded) return;
    this.#port.postMessage(null, []);
    this.#end();
  }

  terminate(): void {
    this.#received.discard();
    this.close();
  }

  #receive(data: unknown): void {
    if (this.#hasEnded) return;
    if (data === null) this.#end();
    else if (isMessage(data)) void this.#take(new Uint8Array(data));
    else if (isCount(data, this.#untaken)) this.#makeRoom(data);
    else this.terminate();
  }

  async #take(message: Uint8Array): Promise<void> {
    const room = this.#received.add(message);
    if (this.#received.bytes > UNREAD_MAX_BYTES) this.terminate();
    await room;
    if (!this.#hasEnded) this.#port.postMessage(message.length, []);
  }

  #makeRoom(taken: number): void {
    this.#untaken -= taken;
    if (this.#untaken > SEND_HIGH_WATER_BYTES) return;
    this.#room?.resolve();
    this.#room = undefined;
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#port.close?.();
    this.#received.end();
    this.#room?.reject(connectionOver());
    this.#ended.resolve();
  }
}

function isMessage(data: unknown): data is ArrayBuffer {
  return data instanceof ArrayBuffer && data.byteLength <= MAX_MESSAGE_BYTES;
}

function isCount(data: unknown, limit: number): data is number {
  return typeof data === 'number' && Number.isSafeInteger(data) && data >= 0 && data <= limit;
}

/** Both ends of the port are to be wrapped, each once, and used for nothing else. Ends when either side says so. */
export function messagePortDuplex(port: MessagePortLike): Duplex {
  return new MessagePortDuplex(port);
}
