import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Gravy } from '@gravy/messenger';
import { type WebSocket, WebSocketServer } from 'ws';
import { GuiError } from '../gui-error.js';
import type { Doorkeeper } from './doorkeeper.js';
import { Gate, type Refusal } from './gate.js';
import { securityHeaders } from './headers.js';
import type { PageFile } from './page-files.js';
import { parcelClient } from './parcel-client.js';
import type { Parcels } from './parcels.js';
import { routes } from './routes.js';
import { CLOSE_CODES, serveRpcSocket } from './rpc-socket.js';

const RPC_PATH = '/rpc';
/** As much as a line over stdio may have. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
/** A browser with many tabs, twice over. */
const MAX_CONNECTIONS = 256;
/** Each may hold back a whole first message, before anybody knows whose it is. */
const MAX_STRANGERS = 8;
const CLOSE_MS = 1000;

export interface WebServer {
  readonly port: number;
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the page on 127.0.0.1. @throws GuiError `port_in_use`, `port_forbidden` */
export async function serveWeb(
  services: {
    gravy: Gravy;
    doorkeeper: Doorkeeper;
    files: ReadonlyMap<string, PageFile>;
    parcels: Parcels;
  },
  port: number,
): Promise<WebServer> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
  server.maxConnections = MAX_CONNECTIONS;
  const bound = await listen(server, port);
  const gate = new Gate(bound);
  const headers = securityHeaders(gate.origin);
  const listener = getRequestListener(routes(services).fetch, { overrideGlobalObjects: false });
  const client = parcelClient(services.gravy, services.parcels);
  const strangers = new Set<WebSocket>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const refusal = gate.refusalOf(request, 'request');
    if (refusal === undefined) {
      void listener(request, response);
      return;
    }
    const body = `${refusal.reason}\n`;
    response.writeHead(refusal.status, {
      'Content-Type': 'text/plain',
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    });
    response.end(body);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = gate.refusalOf(request, 'upgrade');
    if (refusal !== undefined || request.url !== RPC_PATH) {
      refuseUpgrade(socket, headers, refusal ?? { status: 404, reason: 'There is nothing here.' });
      return;
    }
    if (strangers.size >= MAX_STRANGERS) {
      refuseUpgrade(socket, headers, { status: 503, reason: 'Too many want to come in at once.' });
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      strangers.add(webSocket);
      webSocket.once('close', () => strangers.delete(webSocket));
      void serveRpcSocket(webSocket, {
        gravy: client,
        doorkeeper: services.doorkeeper,
        onAdmitted: () => strangers.delete(webSocket),
      });
    });
  });

  return {
    port: bound,
    origin: gate.origin,
    close: async () => {
      for (const socket of sockets.clients) socket.close(CLOSE_CODES.ended, 'ended');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const impatience = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
      }, CLOSE_MS);
      await closed;
      clearTimeout(impatience);
    },
  };
}

function refuseUpgrade(
  socket: Duplex,
  headers: Readonly<Record<string, string>>,
  { status, reason }: Refusal | { status: 404 | 503; reason: string },
): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Content-Type: text/plain',
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${reason}\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new GuiError(
      'port_in_use',
      `Another program listens on port ${port}. Choose another one, or none to have one picked.`,
    );
  }
  if (error.code === 'EACCES') {
    return new GuiError(
      'port_forbidden',
      `This user may not use port ${port}. Choose one above 1023, or none to have one picked.`,
    );
  }
  return error;
}
