import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { Admission, type Candidate } from './admission.js';
import { limitBytes } from './allowance.js';
import type { AdmissionLevel, ServerConnection } from './connection.js';
import { TransportError } from './errors.js';
import { answerNotFound, createFrontDoor } from './front-door.js';
import {
  MAX_FRAGMENTS,
  MAX_MESSAGE_BYTES,
  MAX_UNAUTHENTICATED,
  MAX_UNAUTHENTICATED_PER_ADDRESS,
  REQUEST_TIMEOUT_MS,
  UNAUTHENTICATED_BYTES,
} from './limits.js';
import { SocketConnection } from './socket-connection.js';
import { isLoopback, tunnelAddress } from './tunnel-address.js';

/** A listening server. */
export interface Listener {
  /** The port that was given, or picked for 0. */
  readonly port: number;
  /** Connections that are not authenticated yet, from TCP accept on. */
  readonly unauthenticatedCount: number;
  /** Stops listening and cuts who is not authenticated; authenticated connections stay their owners'. */
  close(): Promise<void>;
}

/** Limits that tests make small. */
export interface ListenLimits {
  readonly requestTimeoutMs?: number;
  readonly maxUnauthenticated?: number;
  readonly maxUnauthenticatedPerAddress?: number;
  /** Which addresses of sockets have no limit of their own; by default those of this machine. */
  readonly isExempt?: (address: string) => boolean;
}

/**
 * Listens for WebSocket upgrades whose request target is exactly `path`. Handshake timeouts after the
 * upgrade are for whoever runs the handshake.
 * @throws TransportError `port_in_use`, `port_forbidden`, `address_unavailable`
 */
export async function listen(options: {
  port: number;
  hostname: string;
  path: string;
  onConnection: (connection: ServerConnection) => void;
  /**
   * A tunnel's own process connects here, from this machine, and what does so from this machine is taken
   * for the tunnel. What its edge puts into the header `cf-connecting-ip` then is a guest's address: its
   * limit holds for that one, from the upgrade on, and it is `remoteAddress`. Without the header, or if it
   * is no IP address, the socket's own counts. From elsewhere nobody is believed.
   */
  isBehindTunnel?: boolean;
  limits?: ListenLimits;
}): Promise<Listener> {
  const { limits = {}, isBehindTunnel = false } = options;
  const admission = new Admission({
    maxInAll: limits.maxUnauthenticated ?? MAX_UNAUTHENTICATED,
    maxPerAddress: limits.maxUnauthenticatedPerAddress ?? MAX_UNAUTHENTICATED_PER_ADDRESS,
    isExempt: limits.isExempt ?? isLoopback,
  });
  const arrivals = new WeakMap<object, { candidate: Candidate; timer: NodeJS.Timeout }>();
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    allowSynchronousEvents: true, // `ReadMemory` needs it
    maxPayload: MAX_MESSAGE_BYTES,
    maxFragments: MAX_FRAGMENTS,
  });
  sockets.on('wsClientError', (_error, socket) => answerNotFound(socket));

  const door = createFrontDoor(options.path, (request, socket, head) => {
    const arrival = arrivals.get(socket);
    if (arrival === undefined) return;
    const { candidate, timer } = arrival;
    clearTimeout(timer);
    const isOfTunnel = isBehindTunnel && isLoopback(candidate.address);
    const reportedAddress = isOfTunnel ? tunnelAddress(request) : undefined;
    if (!admission.upgrade(candidate, reportedAddress)) return;
    const limitGroup = admission.groupOf(candidate);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const endOfAllowance = limitBytes(socket, UNAUTHENTICATED_BYTES);
      const raise = (level: AdmissionLevel): void => {
        if (level === 'plausible') return admission.markPlausible(candidate);
        admission.leave(candidate);
        if (level === 'authenticated') endOfAllowance();
      };
      const connection = new SocketConnection({
        socket: webSocket,
        stream: socket,
        remoteAddress: reportedAddress ?? candidate.address,
        isClient: false,
      });
      options.onConnection(Object.assign(connection, { isOfTunnel, limitGroup, raise }));
    });
  });
  door.on('connection', (socket: Socket) => {
    const candidate = { address: socket.remoteAddress ?? '', drop: () => void socket.destroy() };
    if (!admission.enter(candidate)) return;
    const timer = setTimeout(candidate.drop, limits.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
    arrivals.set(socket, { candidate, timer });
    socket.on('close', () => {
      clearTimeout(timer);
      admission.leave(candidate);
    });
  });
  await new Promise<void>((resolve, reject) => {
    door.once('error', (error) => reject(listenError(error)));
    door.listen(options.port, options.hostname, resolve);
  });
  return {
    port: (door.address() as AddressInfo).port,
    get unauthenticatedCount() {
      return admission.count;
    },
    close: async () => {
      // The callback of `close` would wait for authenticated connections as well, which live on.
      door.close();
      admission.dropAll();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function listenError(cause: Error): unknown {
  const code = 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new TransportError(
        'port_in_use',
        'Another program listens on this port. Choose another one, or 0 for any.',
        { cause },
      );
    case 'EACCES':
      return new TransportError(
        'port_forbidden',
        'You may not listen on this port. Choose one above 1023.',
        { cause },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new TransportError(
        'address_unavailable',
        'This is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of its addresses.',
        { cause },
      );
    default:
      return cause;
  }
}
