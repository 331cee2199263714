import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_MESSAGE_BYTES, webSocketDuplex } from '@gravy/protocol';
import { WebSocketServer } from 'ws';
import { answer } from '../scenario/talk.ts';

export interface Peer {
  readonly url: string;
  /** An empty page from the same place. */
  readonly page: string;
  /** How the channels ended, in order. */
  readonly ends: Promise<string>[];
  close(): void;
}

/** A peer in this process, which answers whoever calls. */
export async function startPeer(): Promise<Peer> {
  const options = { perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES };
  // A page is of the same origin: workers need one.
  const http = createServer((_request, response) => response.end('<!doctype html>'));
  const server = new WebSocketServer({ server: http, ...options });
  const ends: Promise<string>[] = [];
  server.on('connection', (socket) => ends.push(answer(webSocketDuplex(socket))));
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const { port } = http.address() as AddressInfo;
  const close = (): void => {
    for (const socket of server.clients) socket.terminate();
    server.close();
    http.close();
    http.closeAllConnections();
  };
  return { url: `ws://127.0.0.1:${port}`, page: `http://127.0.0.1:${port}/`, ends, close };
}

export const CLOSED_BY_US = '{"kind":"closed_by_us","code":0,"allArrived":true}';
export const CLOSED_BY_PEER = '{"kind":"closed_by_peer","code":0,"allArrived":true}';

/** What `talkAlone` gives where all is well. */
export const ALONE = { epoch: 3, agrees: true, ends: [CLOSED_BY_US, CLOSED_BY_PEER] };
