// As many connections of bare ws in one process, each sending as many bytes as often as an idle guest does.
import type { WebSocket } from 'ws';
import { dialWithWs } from '../peers/bare-ws.ts';
import { serveCalls } from '../processes/serve-calls.ts';

/** A PING on the wire: header, the smallest padded inside, tag. */
const PING_BYTES = 14 + 256 + 16;
const PING_EVERY_MS = 22_500;

const sockets = new Set<WebSocket>();

const calls = {
  connect: async (port: number, count: number): Promise<void> => {
    const ping = new Uint8Array(PING_BYTES);
    for (let index = 0; index < count; index += 1) {
      const socket = await dialWithWs(port);
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // Spread over the time between two: guests who came one after the other do not keep time together either.
      setTimeout(
        () => setInterval(() => socket.send(ping), PING_EVERY_MS),
        (index * PING_EVERY_MS) / count,
      );
    }
  },
  /** How many are connected. */
  connected: (): number => sockets.size,
};
export type BareGuestsCalls = typeof calls;

serveCalls(calls);
