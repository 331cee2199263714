import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_MESSAGE_BYTES, webSocketDuplex } from '@gravy/protocol';
import { WebSocketServer } from 'ws';
import { answer, call, callAndRekey } from '../scenario/talk.ts';

export interface Peer {
  readonly url: string;
  /** An empty page from the same place. */
  readonly page: string;
  /** What came of each connection, as told here, in order. */
  readonly ends: Promise<string | number>[];
  close(): void;
}

const ROLES = { '/answer': answer, '/call': call, '/call-and-rekey': callAndRekey } as const;

/** A peer in this process. Who dials it says by the path which side it is to play. */
export async function startPeer(): Promise<Peer> {
  const options = { perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES };
  // A page is of the same origin: workers need one.
  const http = createServer((_request, response) => response.end('<!doctype html>'));
  const server = new WebSocketServer({ server: http, ...options });
  const ends: Promise<string | number>[] = [];
  server.on('connection', (socket, { url }) => {
    const end = ROLES[url as keyof typeof ROLES](webSocketDuplex(socket));
    // It is awaited only when the other side is done.
    end.catch(() => undefined);
    ends.push(end);
  });
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
const CLOSED_BY_PEER = '{"kind":"closed_by_peer","code":0,"allArrived":true}';

const ENDS = { called: CLOSED_BY_US, epoch: 3, answered: [CLOSED_BY_PEER, CLOSED_BY_PEER] };

/** What `talk` gives where all is well, and what the peer saw of it. */
export const TALKED = { agrees: true, alone: ENDS, withPeer: ENDS };
export const SEEN_BY_PEER = [CLOSED_BY_PEER, CLOSED_BY_PEER, CLOSED_BY_US, 3];
