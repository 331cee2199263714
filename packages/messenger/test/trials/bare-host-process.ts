// What `ws` alone takes for strangers: it upgrades every connection and cuts it at its first message.
// Node runs this file as it is.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { HostFigures } from './host-process.js';

let upgrades = 0;
const server = createServer();
new WebSocketServer({ server, clientTracking: false }).on('connection', (socket) => {
  upgrades += 1;
  socket.on('error', () => undefined);
  socket.on('message', () => socket.terminate());
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuMs: (user + system) / 1_000,
    residentBytes: process.memoryUsage.rss(),
    maxUnauthenticated: 0,
    upgrades,
  } satisfies HostFigures);
});
process.on('disconnect', () => process.exit());
