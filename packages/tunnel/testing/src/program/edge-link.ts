import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { forwardRequest, forwardUpgrade, refuseUpgrade } from '../forward.ts';
import type { Destination } from './config.ts';
import { log } from './log.ts';

const RETRY_MS = 50;

interface EdgeLinkOptions {
  readonly edgeUrl: string;
  /** `id` of a quick tunnel or `token` of a named one. */
  readonly credential: readonly [string, string];
  readonly connectorId: string;
  readonly protocol: 'quic' | 'http2';
  readonly route: (path: string) => Destination;
  readonly onRegistered: () => void;
}

/** The connection to the edge, kept up for ever, and what comes through it. */
export class EdgeLink {
  /** How many connections there are: one or none. */
  readyConnections = 0;
  readonly #server = createServer();
  readonly #streams = new Set<unknown>();
  readonly #options: EdgeLinkOptions;
  #isEnding = false;
  #connection: Socket | undefined;

  constructor(options: EdgeLinkOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    this.#server.on('connection', (socket) => {
      this.#streams.add(socket);
      socket.on('close', () => this.#streams.delete(socket));
    });
    this.#server.on('request', (incoming, response) => this.#onRequest(incoming, response));
    this.#server.on('upgrade', (incoming, socket, head) => {
      const destination = this.#route(incoming);
      if ('port' in destination) forwardUpgrade(incoming, socket, head, destination);
      else refuseUpgrade(socket, destination.status);
    });
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    while (!this.#isEnding) {
      await this.#connectOnce();
      this.readyConnections = 0;
      await sleep(RETRY_MS);
    }
  }

  /** Takes nothing new, and gives what is under way the time that it has. */
  async end(graceMs: number): Promise<void> {
    this.#isEnding = true;
    this.#connection?.destroy();
    const deadline = Date.now() + graceMs;
    while (this.#streams.size > 0 && Date.now() < deadline) await sleep(10);
  }

  #route(incoming: IncomingMessage): Destination {
    return this.#options.route(new URL(incoming.url ?? '/', 'http://origin').pathname);
  }

  #onRequest(incoming: IncomingMessage, response: ServerResponse): void {
    const destination = this.#route(incoming);
    if ('port' in destination) forwardRequest(incoming, response, destination);
    else response.writeHead(destination.status).end();
  }

  /** From an attempt to its failure, or to the end of the connection. */
  #connectOnce(): Promise<void> {
    const { edgeUrl, credential, connectorId, protocol, onRegistered } = this.#options;
    const { port } = this.#server.address() as AddressInfo;
    const [name, value] = credential;
    const query = new URLSearchParams({
      [name]: value,
      connector: connectorId,
      protocol,
      port: String(port),
    });
    return new Promise((resolve) => {
      const attempt = request(`${edgeUrl}/connect?${query.toString()}`, {
        agent: false,
        headers: { connection: 'upgrade', upgrade: 'edge' },
      });
      attempt.on('error', () => {
        log(
          'ERR',
          protocol === 'quic'
            ? 'Failed to dial a quic connection error="failed to dial to edge with quic: timeout: no recent network activity" connIndex=0 event=0 ip=198.41.200.33'
            : 'Unable to establish connection with Cloudflare edge error="DialContext error: dial tcp 198.41.200.33:7844: i/o timeout" connIndex=0',
        );
        resolve();
      });
      attempt.on('response', (response) => {
        response.resume();
        log('ERR', 'Register tunnel error from server side error="Unauthorized: Tunnel not found"');
        resolve();
      });
      attempt.on('upgrade', (_response, socket) => {
        this.#connection = socket;
        this.readyConnections = 1;
        log(
          'INF',
          `Registered tunnel connection connIndex=0 connection=${connectorId} event=0 ip=198.41.200.33 location=zzz01 protocol=${protocol}`,
        );
        onRegistered();
        socket.on('error', () => socket.destroy());
        socket.on('close', () => resolve());
        socket.resume();
      });
      attempt.end();
    });
  }
}
