// Frames of RFC 6455, section 5.2, made by hand.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PATH } from './open-ends.js';

const MASKED = 0x80;
const CONTROL = 0x08;

/** A client's frame; `first` is FIN, reserved bits and opcode. */
export function rawFrame(first: number, body: Uint8Array, mask: Uint8Array): Buffer {
  // A control frame's length has seven bits; the longest form will do for all others.
  const isShort = (first & CONTROL) !== 0;
  const header = Buffer.alloc(isShort ? 6 : 14);
  header[0] = first;
  header[1] = MASKED | (isShort ? body.length : 127);
  if (!isShort) header.writeBigUInt64BE(BigInt(body.length), 2);
  header.set(mask, header.length - 4);
  return Buffer.concat([header, body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

/** A socket whose upgrade was accepted, which goes on when the other side has ended. */
export async function rawSocket(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write(
    `GET ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await once(socket, 'data');
  return socket;
}
