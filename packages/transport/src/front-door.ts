// Spec 1.2 and 1.3: an exact upgrade on the derived path gets in; everything else gets one and the same answer.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { BrokenRequest } from './broken-request.js';
import { LINGER_MS } from './limits.js';

/** No Date, no Server, no body: whatever was asked, the answer is these bytes. */
const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const answered = new WeakSet<Duplex>();

/** Answers as if nothing were here, once, and ends the connection. */
export function answerNotFound(socket: Duplex): void {
  if (answered.has(socket)) return;
  answered.add(socket);
  socket.on('error', () => undefined);
  socket.end(NOT_FOUND);
  // What the client still sends is read and dropped for a moment, so that the answer is not lost to a reset.
  socket.resume();
  const lingering = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.on('close', () => clearTimeout(lingering));
}

/** An HTTP server that knows one thing: a WebSocket upgrade of exactly this path. */
export function createFrontDoor(path: string, onUpgrade: OnUpgrade): Server {
  // Not imported: importing node:http evaluates all that it offers, fetch's whole machinery with it (40 ms).
  const server = process.getBuiltinModule('node:http').createServer({
    requireHostHeader: false,
    // Accepting, reading and timing out are watched per connection by the caller.
    headersTimeout: 0,
    requestTimeout: 0,
    keepAliveTimeout: 0,
  });
  server.on('request', refuse);
  server.on('checkContinue', refuse);
  server.on('checkExpectation', refuse);
  server.on('connect', (_request, socket: Duplex) => answerNotFound(socket));
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    // What follows an answer is not looked at, be it the right request.
    if (answered.has(socket)) return;
    if (isOurUpgrade(request, path)) onUpgrade(request, socket, head);
    else answerNotFound(socket);
  });
  const broken = new WeakMap<Duplex, BrokenRequest>();
  server.on('clientError', (error, socket: Duplex) => {
    // It has its answer, and whatever follows is read and dropped: cutting now could take the answer back.
    if (answered.has(socket)) return;
    const request = broken.get(socket) ?? new BrokenRequest();
    broken.set(socket, request);
    const verdict = request.judge(error);
    if (verdict === 'http') answerNotFound(socket);
    else if (verdict === 'not http') socket.destroy(); // cut without a word
  });
  return server;
}

function refuse(request: IncomingMessage): void {
  request.on('error', () => undefined);
  request.resume();
  answerNotFound(request.socket);
}

/** RFC 6455, section 4.2.1, without leniency: `ws` would answer each failure in words of its own. */
function isOurUpgrade(
  { method, url, headers, httpVersion }: IncomingMessage,
  path: string,
): boolean {
  return (
    method === 'GET' &&
    httpVersion === '1.1' &&
    url === path &&
    headers.host !== undefined &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    /^[+/0-9A-Za-z]{22}==$/u.test(headers['sec-websocket-key'] ?? '') &&
    headers['sec-websocket-protocol'] === undefined &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    headers.expect === undefined
  );
}
