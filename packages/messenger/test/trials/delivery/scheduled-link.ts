import type { Duplex } from '@gravy/protocol';

/** So many messages are under way in one direction before its sender is held back. */
const ROOM = 4;

export type EndName = 'client' | 'server';

type Item = { readonly bytes: Uint8Array; readonly passed: () => void } | 'the end';

/** One end of a link: what is sent stays under way until the schedule delivers it. */
class ScheduledEnd implements Duplex {
  readonly closed: Promise<void>;
  readonly underWay: Item[] = [];
  readonly #ended = Promise.withResolvers<void>();
  readonly #received: Uint8Array[] = [];
  #isOver = false;
  #wake: () => void = () => undefined;
  /** Swallows everything: the other end is gone, and this one does not know it yet. */
  isDeaf = false;

  constructor() {
    this.closed = this.#ended.promise;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get messages(): AsyncIterable<Uint8Array> {
    return this.#read();
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.#isOver) throw new Error('This end is over.');
    if (this.isDeaf) return;
    const passed = Promise.withResolvers<void>();
    this.underWay.push({ bytes, passed: passed.resolve });
    if (this.underWay.length > ROOM) await Promise.race([passed.promise, this.closed]);
  }

  receive(bytes: Uint8Array): void {
    this.#received.push(bytes);
    this.#wake();
  }

  close(): void {
    if (this.#isOver) return;
    if (!this.isDeaf) this.underWay.push('the end');
    this.end();
  }

  terminate(): void {
    this.#received.length = 0;
    this.close();
  }

  /** Nothing comes any more, and this end knows it. */
  end(): void {
    this.#isOver = true;
    this.#wake();
    this.#ended.resolve();
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = this.#received.shift();
      if (next !== undefined) yield next;
      else if (this.#isOver) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** A connection on which nothing happens by itself. */
export class ScheduledLink {
  readonly ends: Readonly<Record<EndName, ScheduledEnd>> = {
    client: new ScheduledEnd(),
    server: new ScheduledEnd(),
  };

  /** Whether there is anything to deliver. */
  get isQuiet(): boolean {
    return this.ends.client.underWay.length === 0 && this.ends.server.underWay.length === 0;
  }

  /** Whether both ends know that it is over, or nobody will ever learn more of it. */
  get isOver(): boolean {
    return this.ends.client.isOver && this.ends.server.isOver;
  }

  /** The next message from this end arrives; false if there is none. */
  deliver(from: EndName): boolean {
    const item = this.ends[from].underWay.shift();
    if (item === undefined) return false;
    const to = this.ends[other(from)];
    if (item === 'the end') to.end();
    else {
      item.passed();
      if (!to.isOver) to.receive(item.bytes);
    }
    return true;
  }

  /** The line breaks: what is under way is lost, a record in its middle too. Neither end knows it yet. */
  cut(): void {
    for (const end of Object.values(this.ends)) {
      end.isDeaf = true;
      for (const item of end.underWay.splice(0)) if (item !== 'the end') item.passed();
    }
  }

  /** One end notices that the line is broken. */
  notice(end: EndName): void {
    if (this.ends[end].isDeaf) this.ends[end].end();
  }
}

function other(end: EndName): EndName {
  return end === 'client' ? 'server' : 'client';
}
