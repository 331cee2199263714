import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { isAloneInMemory } from './large-bytes.js';

/** What Node reads in one go: 64 KiB from a socket, 16 KiB through TLS. Smaller reads are left to be collected. */
const LARGE_READ_BYTES = 2 ** 14;

/**
 * The memory of what was read for a large message, which ws copies together from several reads: nobody else gives it back. ws
 * also hands out views of what was read, so only reads between two copies, with no view in between, are given back.
 */
export class ReadMemory {
  /** Since the last message, or whatever else ws may have handed out a view of. */
  #reads: Uint8Array[] = [];

  /** From the next read on; the one that ws is at work on does not count. */
  constructor(socket: WebSocket, stream: Duplex) {
    // Before ws, so that a read is known of when its message is.
    stream.prependListener('data', (read: Uint8Array) => {
      // After a close frame or a broken rule ws throws away what comes, and says nothing more.
      if (socket.readyState !== socket.OPEN) return this.#forget();
      const { length, buffer } = read;
      if (length >= LARGE_READ_BYTES && length === buffer.byteLength) this.#reads.push(read);
    });
    // The answer to a ping is a view of what was read, and may wait to be written. A peer may send either without end, and nothing else.
    socket.on('ping', () => this.#forget());
    socket.on('pong', () => this.#forget());
  }

  /** Gives back what this message was copied from. ws has emitted it, and is at work on the last read, where the next may have begun. */
  release(message: Uint8Array): void {
    const reads = this.#reads;
    this.#forget();
    if (!isAloneInMemory(message)) return; // a view
    for (const { buffer } of reads.slice(0, -1)) {
      // A fragment that was just one read is the message itself, and empty ones may have come after it.
      if (buffer !== message.buffer && 'transfer' in buffer) buffer.transfer(0);
    }
  }

  #forget(): void {
    this.#reads = [];
  }
}
