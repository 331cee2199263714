import {
  CLOSE_CODE,
  type Channel,
  type ChannelEnd,
  type ReceivedRecord,
} from '../../src/core/ports/network.js';

/** What a connection takes before whoever sends has to wait. */
const ROOM_BYTES = 2 ** 20;

interface UnderWay {
  readonly record: ReceivedRecord;
  readonly sent: PromiseWithResolvers<void>;
}

/** Two ends of a session in memory. Records move only when the test says so, one by one and in order. */
export class HandWire {
  readonly ends: readonly [host: HandEnd, guest: HandEnd];
  /** What has been passed on, for figures. */
  onPass: (to: HandEnd, record: ReceivedRecord) => void = () => undefined;

  constructor(ids: readonly [host: Uint8Array, guest: Uint8Array]) {
    this.ends = [
      new HandEnd('server', ids[1], () => this.ends[1]),
      new HandEnd('client', ids[0], () => this.ends[0]),
    ];
  }

  /** Passes the next record on that is for this end; how long it is, or 0 if there is none. */
  pass(to: HandEnd): number {
    const next = to.underWay.shift();
    if (next === undefined) return 0;
    to.other().roomAgain();
    this.onPass(to, next.record);
    to.take(next.record);
    return next.record.body.length + 1;
  }

  /** The connection is gone, and with it what was under way. */
  cut(): void {
    for (const end of this.ends) end.end({ kind: 'lost', cause: 'connection' });
  }
}

export class HandEnd implements Channel {
  readonly role: 'client' | 'server';
  readonly peerId: Uint8Array;
  readonly invite = undefined;
  /** What was sent to this end and has not come yet. */
  readonly underWay: UnderWay[] = [];
  readonly other: () => HandEnd;
  readonly #closed = Promise.withResolvers<ChannelEnd>();
  readonly closed = this.#closed.promise;
  #hasEnded = false;
  readonly #received: ReceivedRecord[] = [];
  #wake: () => void = () => undefined;

  constructor(role: 'client' | 'server', peerId: Uint8Array, other: () => HandEnd) {
    this.role = role;
    this.peerId = peerId;
    this.other = other;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  send(kind: number, body: Uint8Array): Promise<void> {
    if (this.#hasEnded) return Promise.reject(new Error('The session is over.'));
    const sent = Promise.withResolvers<void>();
    // Memory of its own, as from a real connection: chunks are given back.
    this.other().underWay.push({ record: { kind, body: new Uint8Array(body), timeMs: 0 }, sent });
    this.roomAgain();
    return sent.promise;
  }

  /** Whoever has sent what the connection has room for need not wait any more. */
  roomAgain(): void {
    let bytes = 0;
    for (const { record, sent } of this.other().underWay) {
      bytes += record.body.length;
      if (bytes <= ROOM_BYTES) sent.resolve();
    }
  }

  take(record: ReceivedRecord): void {
    this.#received.push(record);
    this.#wake();
  }

  get records(): AsyncIterable<ReceivedRecord> {
    return this.#read();
  }

  async close(): Promise<ChannelEnd> {
    const code = CLOSE_CODE.normal;
    this.end({ kind: 'closed_by_us', code, allArrived: false });
    this.other().end({ kind: 'closed_by_peer', code, allArrived: false });
    return this.closed;
  }

  async reject(): Promise<ChannelEnd> {
    this.end({ kind: 'protocol_error' });
    return this.closed;
  }

  end(how: ChannelEnd): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const { sent } of this.underWay.splice(0)) sent.reject(new Error('The session is over.'));
    this.#closed.resolve(how);
    this.#wake();
  }

  async *#read(): AsyncGenerator<ReceivedRecord> {
    for (;;) {
      const next = this.#received.shift();
      if (next !== undefined) yield next;
      else if (this.#hasEnded) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
