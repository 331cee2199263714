import { randomBytes } from 'node:crypto';
import { decodeId } from '@gravy/identity';
import type { Channel } from '@gravy/protocol';
import {
  decodeFileAccept,
  decodeFileCancel,
  type FileAcceptBody,
  type FileOfferBody,
  encodeFileOffer,
} from '../../src/application/file-bodies.js';
import { chunkRoom } from '../../src/application/file-chunk.js';
import {
  KIND_FILE_ACCEPT,
  KIND_FILE_CANCEL,
  KIND_FILE_CHUNK,
  KIND_FILE_OFFER,
} from '../../src/application/kinds.js';
import { HostilePeer } from '../chat-hostile-peer.js';
import type { Person } from '../chat-people.js';

/** A contact of Ada's who knows the records of files, and sends whatever a test wants. */
export class HostileSender {
  readonly peer: HostilePeer;
  #channel: Channel | undefined;

  constructor(seedByte: number) {
    this.peer = new HostilePeer(seedByte);
  }

  async connect(ada: Person, url: string): Promise<void> {
    this.#channel = await this.peer.connect(url, decodeId(ada.id));
  }

  get channel(): Channel {
    if (this.#channel === undefined) throw new Error('Not connected.');
    return this.#channel;
  }

  async offer(rest: Partial<FileOfferBody>): Promise<{ id: Uint8Array; text: string }> {
    const id = rest.id ?? new Uint8Array(randomBytes(16));
    const offer = { id, at: 1, name: 'file', size: 1_000, ...rest };
    await this.channel.send(KIND_FILE_OFFER, encodeFileOffer(offer));
    return { id, text: Buffer.from(id).toString('base64url') };
  }

  async chunk(id: Uint8Array, offset: number, data: Uint8Array): Promise<void> {
    const room = chunkRoom({ id, dataBytes: data.length });
    room.data.set(data);
    await this.channel.send(KIND_FILE_CHUNK, room.body(offset, data.length));
  }

  async accepted(id: Uint8Array): Promise<FileAcceptBody> {
    for (;;) {
      const accept = decodeFileAccept(await this.#next(KIND_FILE_ACCEPT));
      if (Buffer.compare(accept.id, id) === 0) return accept;
    }
  }

  /** The reason of the next FILE_CANCEL for this file. */
  async cancelled(id: Uint8Array): Promise<string> {
    for (;;) {
      const cancel = decodeFileCancel(await this.#next(KIND_FILE_CANCEL));
      if (Buffer.compare(cancel.id, id) === 0) return cancel.reason;
    }
  }

  async #next(kind: number): Promise<Uint8Array> {
    for (;;) {
      const record = await this.peer.next(this.channel);
      if (record === undefined) throw new Error('The session has ended.');
      if (record.kind === kind) return record.body;
    }
  }

  /** The body of the next record of one of these kinds. */
  async nextOf(...kinds: number[]): Promise<{ kind: number; body: Uint8Array }> {
    for (;;) {
      const record = await this.peer.next(this.channel);
      if (record === undefined) throw new Error('The session has ended.');
      if (kinds.includes(record.kind)) return record;
    }
  }
}
