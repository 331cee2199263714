import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { MessengerError } from '../errors.js';
import { type LineService, serveLines } from '../rpc/serve-lines.js';
import { createStreamClient } from '../rpc/stream-client.js';
import type { GravyClient } from '../api/client.js';
import { controlAddress, prepareControlFolder } from './control-address.js';

/** How long a process that has an account open may take to answer before it counts as hung. */
const ANSWER_TIMEOUT_MS = 5_000;

export interface ControlSocket {
  close(): Promise<void>;
}

/** Serves the account's API to other processes of the same user. The caller holds the account's lock. */
export async function listenOnControlSocket(
  folder: string,
  service: LineService,
): Promise<ControlSocket> {
  const address = controlAddress(folder);
  await prepareControlFolder(address);
  const isFile = process.platform !== 'win32';
  // With the lock in hand, a socket that is still there belongs to a process that died.
  if (isFile) await rm(address, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    void serveLines(
      service,
      { input: socket, output: socket },
      { events: 'after events.subscribe' },
    ).finally(() => socket.end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  if (isFile) await chmod(address, 0o600);
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/**
 * A client of the process that has this account open; undefined if there is none. The owner's pid, if
 * known, is for people. @throws MessengerError `account_in_use` if it does not answer.
 */
export async function connectToControlSocket(
  folder: string,
  ownerPid: number | undefined,
): Promise<GravyClient | undefined> {
  const socket = connect(controlAddress(folder));
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  if (!isConnected) return undefined;
  socket.on('error', () => socket.destroy());
  const client = createStreamClient({ input: socket, output: socket, end: () => socket.destroy() });
  const timer = setTimeout(() => socket.destroy(), ANSWER_TIMEOUT_MS);
  try {
    await client.call('events.subscribe', {});
    return client;
  } catch (cause) {
    const who = ownerPid === undefined ? '' : ` (pid ${ownerPid})`;
    throw new MessengerError(
      'account_in_use',
      `Another process${who} has this account open, and it does not answer. End that process and try again.`,
      { cause, details: ownerPid === undefined ? {} : { pid: ownerPid } },
    );
  } finally {
    clearTimeout(timer);
  }
}
