import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Connection } from './connection.js';
import { dialUrl } from './dial-url.js';
import { TransportError } from './errors.js';
import { DIAL_TIMEOUT_MS, MAX_FRAGMENTS, MAX_MESSAGE_BYTES } from './limits.js';
import { publicLookup, refuseIfNotPublic } from './public-lookup.js';
import { SocketConnection } from './socket-connection.js';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nobody listens at this address. Is your contact hosting, and the port right?',
  ENOTFOUND: 'No machine of this name was found. Check the URL, and that you are online.',
  EAI_AGAIN: 'The name could not be looked up. Check that you are online.',
  EHOSTUNREACH: 'There is no way to this address. Check the network.',
  ENETUNREACH: 'There is no way to this address. Check the network.',
  ETIMEDOUT: 'The address did not answer in time. Check it, and that no firewall is in between.',
};

/**
 * Opens a connection to `url` (see `dialUrl`) with `path` appended. TLS is checked as usual, but who
 * the far end is, only the handshake above tells. Redirects are not followed. With `publicOnly` nothing is
 * sent to this machine or the networks around it, whatever the name says: for URLs that a peer chose.
 * @throws TransportError `invalid_url`, `not_public`, `unreachable`, `refused_by_server`, `aborted`
 */
export async function dial(
  url: string,
  options: { path: string; signal?: AbortSignal; timeoutMs?: number; publicOnly?: boolean },
): Promise<Connection> {
  const { path, signal, timeoutMs = DIAL_TIMEOUT_MS, publicOnly = false } = options;
  const target = dialUrl(url, path);
  if (publicOnly) refuseIfNotPublic(target);
  if (signal?.aborted === true) throw aborted();
  const socket = new WebSocket(target, {
    perMessageDeflate: false,
    allowSynchronousEvents: true, // `ReadMemory` needs it
    maxPayload: MAX_MESSAGE_BYTES,
    maxFragments: MAX_FRAGMENTS,
    handshakeTimeout: timeoutMs,
    followRedirects: false,
    ...(publicOnly ? { lookup: publicLookup() } : {}),
  });
  return new Promise((resolve, reject) => {
    let stream: Socket | undefined;
    const onAbort = (): void => {
      reject(aborted());
      socket.terminate();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const settled = (): void => signal?.removeEventListener('abort', onAbort);

    socket.on('upgrade', (response) => {
      stream = response.socket;
    });
    // Created before the first message can arrive, which may be in the same turn.
    socket.once('open', () => {
      settled();
      if (stream === undefined) throw new TypeError('A WebSocket has opened without an upgrade.');
      const remoteAddress = stream.remoteAddress ?? target.host;
      resolve(new SocketConnection({ socket, stream, remoteAddress, isClient: true }));
    });
    socket.once('unexpected-response', (request, response) => {
      settled();
      const status = response.statusCode ?? 0;
      request.destroy();
      reject(
        new TransportError('refused_by_server', `The server answered with status ${status}.`, {
          status,
        }),
      );
    });
    socket.on('error', (cause) => {
      settled();
      if (cause instanceof TransportError) return reject(cause);
      const code = 'code' in cause ? String(cause.code) : 'ETIMEDOUT';
      const reason = REASONS[code] ?? 'No connection could be made to this address. Check the URL.';
      reject(new TransportError('unreachable', reason, { cause }));
    });
  });
}

function aborted(): TransportError {
  return new TransportError('aborted', 'The attempt to connect was given up.');
}
