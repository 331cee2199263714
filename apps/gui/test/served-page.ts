import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gravy, openGravy } from '@gravy/messenger';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { Doorkeeper } from '../src/server/doorkeeper.js';
import type { PageFile } from '../src/server/page-files.js';
import { Parcels } from '../src/server/parcels.js';
import { serveWeb } from '../src/server/web-server.js';

export interface ServedPage {
  readonly port: number;
  readonly origin: string;
  readonly home: string;
  readonly gravy: Gravy;
  readonly doorkeeper: Doorkeeper;
  /** Lets this much time pass for codes and locks. */
  pass(ms: number): void;
  /** The token of a page that got in. */
  token(): string;
  close(): Promise<void>;
  post(path: string, options: { token?: string; body?: unknown }): Promise<Response>;
}

const PAGE: ReadonlyMap<string, PageFile> = new Map([
  [
    '/',
    { type: 'text/html; charset=utf-8', body: new TextEncoder().encode('<title>Gravy</title>') },
  ],
  ['/assets/page.js', { type: 'text/javascript', body: new TextEncoder().encode('// script') }],
]);

/** The server over a real core and an empty home, with a clock that stands until it is moved. */
export async function servePage(
  parcelsOf = (home: string): Parcels => new Parcels(home),
): Promise<ServedPage> {
  const home = await mkdtemp(join(tmpdir(), 'gravy-gui-'));
  const gravy = await openGravy({ home });
  let now = 0;
  const doorkeeper = new Doorkeeper(() => now);
  const parcels = parcelsOf(home);
  const server = await serveWeb({ gravy, doorkeeper, files: PAGE, parcels }, 0);
  onTestFinished(async () => {
    await server.close();
    await gravy.close();
    await rm(home, { recursive: true, force: true });
  });
  return {
    port: server.port,
    origin: server.origin,
    home,
    gravy,
    doorkeeper,
    close: () => server.close(),
    pass: (ms) => (now += ms),
    token: () => {
      const admission = doorkeeper.admitByCode(doorkeeper.createLaunchCode());
      if (admission.kind !== 'admitted') throw new Error('The door is locked.');
      return admission.value.token;
    },
    post: (path, { token, body }) =>
      fetch(`${server.origin}${path}`, {
        method: 'POST',
        headers: {
          Origin: server.origin,
          'Content-Type': 'application/json',
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body ?? {}),
      }),
  };
}

/** A page's socket: what came in, and how it ended. */
export interface PageSocket {
  readonly socket: WebSocket;
  readonly next: () => Promise<Record<string, unknown>>;
  readonly closed: Promise<{ code: number }>;
}

export function openSocket(page: ServedPage): PageSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${page.port}/rpc`, {
    headers: { Origin: page.origin },
  });
  const received: Record<string, unknown>[] = [];
  const waiting: ((message: Record<string, unknown>) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Record<string, unknown>;
    const wanted = waiting.shift();
    if (wanted === undefined) received.push(message);
    else wanted(message);
  });
  socket.on('error', () => undefined);
  onTestFinished(() => socket.terminate());
  return {
    socket,
    next: () => {
      const message = received.shift();
      if (message !== undefined) return Promise.resolve(message);
      return new Promise((resolve) => waiting.push(resolve));
    },
    closed: new Promise((resolve) => {
      socket.once('close', (code) => resolve({ code }));
    }),
  };
}

/** A socket that has shown its token. */
export async function openRpc(page: ServedPage, token = page.token()): Promise<PageSocket> {
  const opened = openSocket(page);
  opened.socket.once('open', () => opened.socket.send(JSON.stringify({ token })));
  const first = await opened.next();
  if (first['method'] !== 'page.admitted') throw new Error('The page was not let in.');
  return opened;
}
