// What strangers send to fill a host's memory: each through an upgrade on the right path.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { SeparateHost } from './separate-host.js';

const MIB = 2 ** 20;
const CHUNK_FRAMES = 10_000;

/** A masked frame's head with a mask of zeros. */
function head(first: number, length: number): Buffer {
  const bytes = Buffer.alloc(14);
  bytes.writeUInt8(first, 0);
  bytes.writeUInt8(0x80 | 127, 1);
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}

function fragments(payload: Buffer): Buffer {
  const first = Buffer.concat([head(0x00, payload.length), payload]);
  return Buffer.concat(Array.from({ length: CHUNK_FRAMES }, () => first));
}

export const OVERSIZE = {
  'a frame of 100 MiB': () => ({
    head: head(0x82, 100 * MIB),
    chunk: Buffer.alloc(MIB),
    chunks: 100,
  }),
  'a million fragments of one byte': () => ({
    head: Buffer.concat([head(0x02, 1), Buffer.alloc(1)]),
    chunk: fragments(Buffer.alloc(1)),
    chunks: 1_000_000 / CHUNK_FRAMES,
  }),
  'a million empty fragments': () => ({
    head: Buffer.concat([head(0x02, 1), Buffer.alloc(1)]),
    chunk: fragments(Buffer.alloc(0)),
    chunks: 1_000_000 / CHUNK_FRAMES,
  }),
} as const;

export type Oversize = keyof typeof OVERSIZE;

/** Sends it until it is all sent or the host has cut the connection; how many bytes the host's system took. */
export async function sendOversize(host: SeparateHost, what: Oversize): Promise<number> {
  const socket = connect(host.port, '127.0.0.1');
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(
    [
      `GET ${host.path} HTTP/1.1`,
      'Host: a',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  );
  await Promise.race([once(socket, 'data'), closed]);
  const { head: beginning, chunk, chunks } = OVERSIZE[what]();
  socket.write(beginning);
  for (let count = 0; count < chunks && !socket.destroyed; count += 1) {
    if (!socket.write(chunk)) await Promise.race([drained(socket), closed]);
  }
  await closed;
  return socket.bytesWritten;
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('drain', resolve));
}
