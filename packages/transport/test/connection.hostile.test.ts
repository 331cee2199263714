import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerConnection } from '../src/index.js';
import { Ends, PATH } from './open-ends.js';

describe('an authenticated peer that breaks the rules of WebSocket', () => {
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
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 101 /u);
    expect(answer.toString('latin1')).not.toMatch(/extensions/iu);
    server = await ends.acceptedAt(0);
    server.raise('authenticated');
  });
  afterEach(async () => {
    socket.destroy();
    await ends.close();
  });

  /** A masked frame, with a mask of zeros. */
  const frame = (
    first: number,
    length: number,
    body: Uint8Array = new Uint8Array(length),
  ): Buffer => {
    const header = Buffer.alloc(14);
    header[0] = first;
    header[1] = 0x80 | 127;
    header.writeBigUInt64BE(BigInt(length), 2);
    return Buffer.concat([header, body]);
  };

  it.each([
    ['a text frame', () => frame(0x81, 5, Buffer.from('hello'))],
    ['a frame that announces 100 MiB', () => frame(0x82, 100 * 2 ** 20, new Uint8Array(10))],
    ['a message one byte too long', () => frame(0x82, 262_175)],
    [
      'a message too long in parts',
      () => Buffer.concat([frame(0x02, 200_000), frame(0x80, 200_000)]),
    ],
    ['a frame without a mask', () => Buffer.from([0x82, 0x01, 0x00])],
    ['a reserved bit', () => frame(0xc2, 1)],
    ['an unknown opcode', () => frame(0x83, 1)],
    ['a continuation of nothing', () => frame(0x80, 1)],
  ])('%s ends the connection and delivers nothing', async (_what, bytes) => {
    socket.write(bytes());
    expect(await server.closed).toEqual({ clean: false });
    const messages: Uint8Array[] = [];
    for await (const message of server.messages) messages.push(message);
    expect(messages).toEqual([]);
  });

  it('the largest message is taken', async () => {
    socket.write(frame(0x82, 262_174));
    for await (const message of server.messages) {
      expect(message).toHaveLength(262_174);
      break;
    }
  });

  it('a million fragments and a flood of pings cost little memory', async () => {
    const before = process.memoryUsage().rss;
    const fragment = frame(0x00, 0);
    const ping = frame(0x89, 0);
    socket.write(frame(0x02, 1));
    const many = Buffer.concat(
      Array.from({ length: 2_000 }, () => Buffer.concat([fragment, ping])),
    );
    for (let count = 0; count < 250 && !socket.destroyed; count += 1) {
      if (!socket.write(many)) await Promise.race([once(socket, 'drain'), server.closed]);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
  });
});
