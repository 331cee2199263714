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
  /** The token is unknown, after too many others that were: come back in a minute. */
  locked: 4429,
} as const;

/** How long somebody may be connected without having said who they are. */
const TOKEN_MS = 5000;
const CLOSE_MS = 1000;

/**
 * JSON-RPC over a page's WebSocket, one object a message. The first message holds the session token
 * (and a nonce, for a proof that this is still the same process); nothing is read or told before it.
 */
export async function serveRpcSocket(
  socket: WebSocket,
  services: {
    gravy: Pick<GravyClient, 'call' | 'onEvent'>;
    doorkeeper: Doorkeeper;
    /** Called once the page is let in. */
    onAdmitted: () => void;
  },
): Promise<void> {
  // A socket that broke off is reported by 'close' as well; there is nobody left to tell.
  socket.on('error', () => socket.terminate());
  const admitted = await admittedSession(socket, services.doorkeeper);
  if (admitted === undefined) return;
  services.onAdmitted();
  const { session, nonce } = admitted;
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
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) return socket.terminate();
    // Held back while more than a stream's worth of requests waits to be begun.
    if (!input.write(`${data.toString()}\n`)) {
      socket.pause();
      input.once('drain', () => socket.resume());
    }
  });
  const leave = session.enter();
  socket.once('close', () => {
    leave();
    input.end();
  });
  const params = { proof: session.proofFor(nonce) };
  socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'page.admitted', params }));
  await serveLines(lockableClient(services.gravy, session), { input, output });
}

async function admittedSession(
  socket: WebSocket,
  doorkeeper: Doorkeeper,
): Promise<{ session: PageSession; nonce: string } | undefined> {
  const first = await firstMessage(socket);
  if (first === undefined) {
    socket.terminate();
    return undefined;
  }
  const { token, nonce } = fieldsOf(first);
  const admission = doorkeeper.admitByToken(token);
  if (admission.kind === 'admitted') {
    return { session: admission.value, nonce: typeof nonce === 'string' ? nonce : '' };
  }
  socket.close(CLOSE_CODES[admission.kind], admission.kind);
  // Whoever does not answer that takes the place of somebody else.
  setTimeout(() => socket.terminate(), CLOSE_MS).unref();
  return undefined;
}

/** Undefined if none came in time. */
function firstMessage(socket: WebSocket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => resolve(undefined), TOKEN_MS);
    socket.once('message', (data: Buffer, isBinary: boolean) => {
      clearTimeout(giveUp);
      resolve(isBinary ? undefined : data.toString());
    });
    socket.once('close', () => {
      clearTimeout(giveUp);
      resolve(undefined);
    });
  });
}

function fieldsOf(message: string): { token?: unknown; nonce?: unknown } {
  try {
    return (JSON.parse(message) as { token?: unknown; nonce?: unknown } | null) ?? {};
  } catch {
    return {};
  }
}
