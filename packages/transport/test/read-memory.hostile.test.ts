// ws hands out views of what it has read, and copies. A read may be given back only where there is no view.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { SeededRandom } from '../../../testing/src/seeded-random.js';
import { SocketConnection } from '../src/socket-connection.js';
import { Ends } from './open-ends.js';
import { rawFrame, rawSocket } from './raw-frames.js';

const FIN = 0x80;
const CONTINUATION = 0;
const BINARY = 2;
const PING = 9;
const READ_BYTES = 65_536;
const HEADER_BYTES = 14;
const ZERO_MASK = new Uint8Array(4);

/** Frames of one message, with pings among them, as a peer may cut and mix them. */
function framesOf(message: Uint8Array, random: SeededRandom, pings: Uint8Array[]): Buffer[] {
  const cuts = random.oneIn(2) ? 0 : random.below(4);
  const ends = Array.from({ length: cuts }, () => random.below(message.length + 1));
  const borders = [0, ...ends.toSorted((a, b) => a - b), message.length];
  const frames: Buffer[] = [];
  for (const [index, end] of borders.slice(1).entries()) {
    if (random.oneIn(3)) {
      const ping = random.bytes(random.below(126));
      pings.push(ping);
      frames.push(rawFrame(FIN | PING, ping, random.bytes(4)));
    }
    const isLast = index === borders.length - 2;
    const first = (isLast ? FIN : 0) | (index === 0 ? BINARY : CONTINUATION);
    const mask = random.oneIn(3) ? ZERO_MASK : random.bytes(4);
    frames.push(rawFrame(first, message.subarray(borders[index], end), mask));
  }
  return frames;
}

function anyMessage(random: SeededRandom): Uint8Array {
  const size = random.pick([
    () => random.below(200),
    () => random.below(20_000),
    () => READ_BYTES - HEADER_BYTES + random.below(3) - 1,
    () => READ_BYTES + random.below(3) - 1,
    () => READ_BYTES + random.below(190_000),
  ])();
  const message = Buffer.alloc(size, random.bytes(61));
  if (size > 4) message.writeUInt32BE(random.below(2 ** 31));
  return message;
}

/** What a server answers with, without its header: payloads of pongs. */
function pongsIn(bytes: Buffer): Buffer[] {
  const pongs: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at + 1] ?? 0;
    pongs.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return pongs;
}

describe('messages and pings, cut and mixed in every way', () => {
  let ends: Ends | undefined;
  afterEach(() => ends?.close());

  it.each(Array.from({ length: 30 }, (_, seed) => seed))(
    'arrive as they were, %i',
    async (seed) => {
      const random = new SeededRandom(seed);
      ends = await Ends.open();
      const socket = await rawSocket(ends.listener.port);
      const server = await ends.acceptedAt(0);
      server.raise('authenticated');
      const answers: Buffer[] = [];
      socket.on('data', (data: Buffer) => answers.push(data));

      const messages = Array.from({ length: 40 }, () => anyMessage(random));
      const pings: Uint8Array[] = [];
      const bytes = Buffer.concat(messages.flatMap((message) => framesOf(message, random, pings)));
      for (let at = 0; at < bytes.length;) {
        const length = random.oneIn(2) ? 1 + random.below(3_000) : random.below(600_000);
        socket.write(bytes.subarray(at, at + length));
        at += length;
        if (random.oneIn(4)) await new Promise((resolve) => setImmediate(resolve));
      }
      // All are held on to until the last has come.
      const received: Uint8Array[] = [];
      for await (const message of server.messages) {
        received.push(message);
        if (received.length === messages.length) break;
      }
      expect(received.map((each, index) => Buffer.compare(each, messages[index] ?? each))).toEqual(
        messages.map(() => 0),
      );
      const answerBytes = pings.reduce((sum, { length }) => sum + 2 + length, 0);
      while (Buffer.concat(answers).length < answerBytes) await once(socket, 'data');
      expect(pongsIn(Buffer.concat(answers))).toEqual(pings.map((ping) => Buffer.from(ping)));
      socket.destroy();
    },
  );
});

it('nothing is kept of what a peer sends on after it has broken a rule', async () => {
  const ends = await Ends.open();
  const socket = await rawSocket(ends.listener.port);
  const server = await ends.acceptedAt(0);
  server.raise('authenticated');
  const reader = server.messages[Symbol.asyncIterator]();
  socket.write(rawFrame(FIN | BINARY, Buffer.alloc(100_000), ZERO_MASK));
  await reader.next();
  const before = process.memoryUsage().arrayBuffers;
  socket.write(Buffer.from([0xff]));
  const junk = Buffer.alloc(2 ** 20);
  const closed = once(socket, 'close');
  for (let megabytes = 0; megabytes < 256 && !socket.destroyed; megabytes += 1) {
    if (!socket.write(junk)) await Promise.race([once(socket, 'drain'), closed]);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(128 * 2 ** 20);
  socket.destroy();
  await ends.close();
});

describe('what was read for a message', () => {
  let server: WebSocketServer;
  let socket: Socket;
  let accepted: WebSocket;
  let stream: Duplex;
  let reads: Uint8Array[];
  const received: Buffer[] = [];

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    await once(server, 'listening');
    const upgraded = once(server, 'connection') as Promise<[WebSocket, IncomingMessage]>;
    socket = await rawSocket((server.address() as AddressInfo).port);
    const [webSocket, request] = await upgraded;
    [accepted, stream] = [webSocket, request.socket];
    const connection = new SocketConnection({
      socket: accepted,
      stream,
      remoteAddress: '',
      isClient: false,
    });
    expect(connection.bufferedAmount).toBe(0);
    reads = [];
    received.length = 0;
    stream.on('data', (read: Uint8Array) => reads.push(read));
    accepted.on('message', (data: Buffer) => received.push(data));
    // It begins to look after what is read with the first large message.
    await send([rawFrame(FIN | BINARY, Buffer.alloc(100_000), ZERO_MASK)], 1);
    reads = [];
    received.length = 0;
  });
  afterEach(() => {
    socket.destroy();
    accepted.terminate();
    server.close();
  });

  /** Sends it in one go, and resolves when `count` messages have come. */
  const send = async (frames: readonly Buffer[], count: number): Promise<void> => {
    socket.write(Buffer.concat(frames));
    while (received.length < count) await once(accepted, 'message');
  };

  it('is given back when ws has copied it, but for the read in which the next may begin', async () => {
    const message = Buffer.alloc(250_000, 'gravy');
    await send([rawFrame(FIN | BINARY, message, ZERO_MASK)], 1);
    expect(received[0]?.equals(message)).toBe(true);
    const lengths = reads.map(({ length }) => length);
    expect(lengths).toContain(0);
    expect(lengths.filter((length) => length >= 2 ** 14).length).toBeLessThan(2);
    expect(lengths.at(-1)).toBeGreaterThan(0);
  });

  it('stays if it is the message itself', async () => {
    // A header that ends with a read, and then a message that is one.
    socket.write(
      rawFrame(FIN | BINARY, Buffer.alloc(READ_BYTES), ZERO_MASK).subarray(0, HEADER_BYTES),
    );
    await once(stream, 'data');
    await send([Buffer.alloc(READ_BYTES, 1)], 1);
    await send([rawFrame(FIN | BINARY, Buffer.alloc(200_000, 2), ZERO_MASK)], 2);
    expect(received[0]?.equals(Buffer.alloc(READ_BYTES, 1))).toBe(true);
  });

  it('stays if it is the message itself, with reads of nothing but empty fragments after it', async () => {
    socket.write(rawFrame(BINARY, Buffer.alloc(READ_BYTES), ZERO_MASK).subarray(0, HEADER_BYTES));
    await once(stream, 'data');
    socket.write(Buffer.alloc(READ_BYTES, 1));
    await once(stream, 'data');
    const empty = rawFrame(CONTINUATION, Buffer.alloc(0), ZERO_MASK);
    const last = rawFrame(FIN | CONTINUATION, Buffer.alloc(0), ZERO_MASK);
    await send([...Array.from({ length: 1_999 }, () => empty), last], 1);
    expect(received[0]?.equals(Buffer.alloc(READ_BYTES, 1))).toBe(true);
  });

  it('stays if an answer to a ping is a view of it, and waits because the peer does not read', async () => {
    socket.pause();
    const block = Buffer.alloc(2 ** 24);
    accepted.send(block);
    const pings = Array.from({ length: 50 }, (_, index) => Buffer.alloc(125, index));
    const half = Buffer.alloc(120_000);
    const frames = [
      rawFrame(BINARY, half, ZERO_MASK),
      ...pings.map((ping) => rawFrame(FIN | PING, ping, ZERO_MASK)),
      rawFrame(FIN | CONTINUATION, half, ZERO_MASK),
    ];
    await send(frames, 1);
    await send([rawFrame(FIN | BINARY, half, ZERO_MASK)], 2);
    expect(stream.writableLength).toBeGreaterThan(pings.length * 127);

    const answers: Buffer[] = [];
    const missing = (): number =>
      answers.reduce((sum, { length }) => sum - length, 10 + block.length + pings.length * 127);
    socket.on('data', (data: Buffer) => answers.push(data));
    socket.resume();
    while (missing() > 0) await once(socket, 'data');
    expect(pongsIn(Buffer.concat(answers).subarray(10 + block.length))).toEqual(pings);
  });
});
