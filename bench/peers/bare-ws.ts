import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** A server that sends every message back. Resolves with its port. */
export async function listenWithWs(onMessage?: () => void): Promise<number> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      onMessage?.();
      socket.send(data, { binary: true });
    });
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

export async function dialWithWs(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}
