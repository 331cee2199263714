import { PassThrough, Writable } from 'node:stream';
import { type GravyClient, serveLines } from '@gravy/messenger';
import type { WebSocket } from 'ws';
import type { Doorkeeper } from './doorkeeper.js';
import { lockableClient } from './lockable-client.js';
import type { PageSession } from './page-sessions.js';

/** Why the server closed a page's socket; the page says it in words. */
export const CLOSE_CODES = {
  /** The process ends. */
  ended: 4000,
  /** The token is of no page that this process let in. */
  unknown: 4401,
  /** Too many wrong codes or tokens: nobody new gets in for a minute. */
  locked: 4429,
} as const;

/** How long somebody may be connected without having said who they are. */
export const TOKEN_MS = 5000;

/**
 * JSON-RPC over a page's WebSocket, one object a message. The first message holds the session token;
 * nothing is read, and nothing told, before it.
 */
export async function serveRpcSocket(
  socket: WebSocket,
  services: { gravy: GravyClient; doorkeeper: Doorkeeper },
): Promise<void> {
  // A socket that broke off is reported by 'close' as well; there is nobody left to tell.
  socket.on('error', () => socket.terminate());
  const session = await admittedSession(socket, services.doorkeeper);
  if (session === undefined) return;
  const input = new PassThrough();
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (socket.readyState !== socket.OPEN) done();
      // A line is a message: only its end is left out.
      else socket.send(chunk.subarray(0, -1), { binary: false }, () => done());
    },
    destroy: (error, done) => {
      socket.terminate();
      done(error);
    },
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.terminate();
    // Held back while more than a stream's worth of requests waits to be begun.
    if (!input.write(`${data.toString()}\n`)) {
      socket.pause();
      input.once('drain', () => socket.resume());
    }
  });
  socket.once('close', () => input.end());
  socket.send('{"jsonrpc":"2.0","method":"page.admitted","params":{}}');
  await serveLines(
    lockableClient(services.gravy, session),
    { input, output },
    { events: 'after events.subscribe' },
  );
}

async function admittedSession(
  socket: WebSocket,
  doorkeeper: Doorkeeper,
): Promise<PageSession | undefined> {
  const first = await firstMessage(socket);
  if (first === undefined) {
    socket.terminate();
    return undefined;
  }
  const admission = doorkeeper.admitByToken(tokenIn(first));
  if (admission.kind === 'admitted') return admission.value;
  socket.close(CLOSE_CODES[admission.kind], admission.kind);
  return undefined;
}

/** Undefined if none came in time. */
function firstMessage(socket: WebSocket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => resolve(undefined), TOKEN_MS);
    socket.once('message', (data, isBinary) => {
      clearTimeout(giveUp);
      resolve(isBinary ? undefined : data.toString());
    });
    socket.once('close', () => {
      clearTimeout(giveUp);
      resolve(undefined);
    });
  });
}

function tokenIn(message: string): unknown {
  try {
    return (JSON.parse(message) as { token?: unknown } | null)?.token;
  } catch {
    return undefined;
  }
}
