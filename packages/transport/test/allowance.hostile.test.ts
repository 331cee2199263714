// Spec 1.1 and 6: before authentication a message longer than those of the handshake is not buffered.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerConnection } from '../src/index.js';
import { UNAUTHENTICATED_BYTES } from '../src/limits.js';
import { Ends, PATH } from './open-ends.js';

const HELLO_BYTES = 1_252;
const PROOF_BYTES = 149;

describe('a guest that is not authenticated', () => {
  let ends: Ends;
  let socket: Socket;
  let server: ServerConnection;

  beforeEach(async () => {
    ends = await Ends.open();
    socket = connect(ends.listener.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `GET ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await once(socket, 'data');
    server = await ends.acceptedAt(0);
  });
  afterEach(async () => {
    socket.destroy();
    await ends.close();
  });

  /** The beginning of a masked frame with a mask of zeros. */
  const header = (first: number, length: number): Buffer => {
    const bytes = Buffer.alloc(14);
    bytes[0] = first;
    bytes[1] = 0x80 | 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
    return bytes;
  };
  const inParts = (length: number): Buffer[] =>
    Array.from({ length }, (_, index) => {
      const isLast = index === length - 1;
      return Buffer.from([(isLast ? 0x80 : 0) | (index === 0 ? 2 : 0), 0x81, 0, 0, 0, 0, 7]);
    });
  const messages = async (): Promise<Uint8Array[]> => {
    const received: Uint8Array[] = [];
    for await (const message of server.messages) received.push(message);
    return received;
  };

  it('has room for the messages of the handshake, even in frames of one byte', async () => {
    socket.write(Buffer.concat(inParts(HELLO_BYTES)));
    socket.write(Buffer.concat(inParts(PROOF_BYTES)));
    const received: number[] = [];
    for await (const { length } of server.messages) {
      received.push(length);
      if (received.length === 2) break;
    }
    expect(received).toEqual([HELLO_BYTES, PROOF_BYTES]);
  });

  it('is cut long before a message of the largest size is whole', async () => {
    let written = 0;
    socket.write(header(0x82, 262_174));
    const piece = Buffer.alloc(1_024);
    socket.on('close', () => (written = socket.bytesWritten));
    const sending = setInterval(() => socket.write(piece), 1);
    expect(await server.closed).toEqual({ clean: false });
    clearInterval(sending);
    await new Promise((resolve) => socket.once('close', resolve));
    expect(written).toBeLessThan(UNAUTHENTICATED_BYTES * 4);
    expect(await messages()).toEqual([]);
  });

  it.each([
    ['pings', () => Buffer.from([0x89, 0x80, 0, 0, 0, 0])],
    ['empty fragments', () => Buffer.from([0x00, 0x80, 0, 0, 0, 0])],
    ['messages of one byte', () => Buffer.from([0x82, 0x81, 0, 0, 0, 0, 1])],
  ])('is cut after so many bytes of %s', async (_what, frame) => {
    socket.write(Buffer.from([0x02, 0x80, 0, 0, 0, 0]).subarray(0, frame()[0] === 0 ? 6 : 0));
    socket.write(Buffer.concat(Array.from({ length: 3_000 }, frame)));
    expect(await server.closed).toEqual({ clean: false });
  });

  it('has no such limit once it is authenticated', async () => {
    server.raise('plausible');
    server.raise('held');
    server.raise('authenticated');
    for (const bytes of [header(0x82, 200_000), Buffer.alloc(200_000)]) socket.write(bytes);
    for await (const { length } of server.messages) {
      expect(length).toBe(200_000);
      break;
    }
  });

  it('is cut while it is held as well', async () => {
    server.raise('held');
    socket.write(header(0x82, 200_000));
    socket.write(Buffer.alloc(100_000));
    expect(await server.closed).toEqual({ clean: false });
  });
});
