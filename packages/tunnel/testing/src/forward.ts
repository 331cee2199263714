import { type IncomingMessage, request, type RequestOptions, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export interface ForwardTarget {
  readonly port: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Hands a request on to a port of this machine, and the answer back. */
export function forwardRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  target: ForwardTarget,
): void {
  const outgoing = request(forwardOptions(incoming, target), (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response);
  });
  outgoing.on('error', () => {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  incoming.pipe(outgoing);
}

/** The same for an upgrade: once the other side agrees, bytes pass both ways. */
export function forwardUpgrade(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  target: ForwardTarget,
): void {
  socket.on('error', () => socket.destroy());
  const outgoing = request(forwardOptions(incoming, target));
  outgoing.on('error', () => refuseUpgrade(socket, 502));
  outgoing.on('response', (answer) => {
    answer.resume();
    refuseUpgrade(socket, answer.statusCode ?? 502);
  });
  outgoing.on('upgrade', (answer, far, farHead) => {
    const lines = [`HTTP/1.1 101 ${answer.statusMessage ?? ''}`];
    for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) {
      lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
    }
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.write(farHead);
    far.write(head);
    far.on('error', () => socket.destroy());
    far.on('close', () => socket.destroy());
    socket.on('close', () => far.destroy());
    far.pipe(socket);
    socket.pipe(far);
  });
  socket.on('close', () => outgoing.destroy());
  outgoing.end();
}

export function refuseUpgrade(socket: Duplex, status: number, body = ''): void {
  if (socket.writable) {
    socket.end(
      `HTTP/1.1 ${status} \r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  }
}

function forwardOptions(incoming: IncomingMessage, target: ForwardTarget): RequestOptions {
  return {
    host: '127.0.0.1',
    port: target.port,
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    agent: false,
    headers: { ...incoming.headers, ...target.headers },
  };
}
