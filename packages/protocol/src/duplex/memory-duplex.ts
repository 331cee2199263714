import type { Duplex } from '../channel/duplex.js';
import { connectionOver } from './connection-over.js';
import { messageQueue } from './message-queue.js';

/** One end; what it sends goes straight into the queue of the other. */
class MemoryDuplex implements Duplex {
  readonly closed: Promise<void>;
  readonly #ended = Promise.withResolvers<void>();
  readonly #received = messageQueue(() => this.close());
  #peer: MemoryDuplex | undefined;

  constructor() {
    this.closed = this.#ended.promise;
  }

  get messages(): AsyncIterable<Uint8Array> {
    return this.#received;
  }

  connect(peer: MemoryDuplex): void {
    this.#peer = peer;
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (!this.#peer) throw connectionOver();
    await this.#peer.#received.add(bytes);
  }

  close(): void {
    const peer = this.#peer;
    this.#peer = undefined;
    this.#received.end();
    this.#ended.resolve();
    peer?.close();
  }

  terminate(): void {
    this.#received.discard();
    this.close();
  }
}

/** Two ends of a connection within one process, for tests and for two sides that live together. */
export function memoryDuplexPair(): readonly [Duplex, Duplex] {
  const pair = [new MemoryDuplex(), new MemoryDuplex()] as const;
  pair[0].connect(pair[1]);
  pair[1].connect(pair[0]);
  return pair;
}
