import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { forwardRequest, forwardUpgrade, refuseUpgrade, type ForwardTarget } from './forward.ts';
import { type ApiBehaviour, QuickService } from './quick-service.ts';

/**
 * Cloudflare on loopback: the service that gives quick tunnels, the edge that stand-ins connect to, and the public side,
 * where a request's Host says which tunnel it is for.
 */
export class Edge {
  readonly #service = new QuickService();
  /** Protocols whose port a firewall stops. */
  readonly blocked = new Set<'quic' | 'http2'>();
  /** What tunnels are told about who is there, as `cf-connecting-ip`. */
  guestAddress = '203.0.113.7';
  readonly #server = createServer();
  readonly #doors = new Map<string, Server>();
  readonly #sockets = new Set<Socket>();
  /** Names that lead to somebody: the far end's port, and the connection that stands for it. */
  readonly #tunnels = new Map<string, { port: number; connection: Duplex; connectorId: string }>();
  readonly #named = new Map<string, { hostname: string; port: number | undefined }>();
  readonly #waiting = new Set<() => void>();

  /** What the service for quick tunnels does. */
  get api(): ApiBehaviour {
    return this.#service.behaviour;
  }

  set api(behaviour: ApiBehaviour) {
    this.#service.behaviour = behaviour;
  }

  /** Gives tunnels that the edge refuses. */
  set forgetsAtOnce(forgets: boolean) {
    this.#service.forgetsAtOnce = forgets;
  }

  /** How often a quick tunnel was asked for. */
  get requestCount(): number {
    return this.#service.requestCount;
  }

  async listen(): Promise<this> {
    this.#serve(this.#server, (host) => host);
    await opened(this.#server);
    return this;
  }

  get port(): number {
    return portOf(this.#server);
  }

  /** For the settings of a stand-in. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What another process needs in its environment so that it dials public names as they are: see `mapPublicNames`. */
  get environment(): { NODE_OPTIONS: string; CLOUDFLARED_STAND_IN_EDGE: string } {
    const preload = new URL('dial-edge.ts', import.meta.url).href;
    return { NODE_OPTIONS: `--import=${preload}`, CLOUDFLARED_STAND_IN_EDGE: String(this.port) };
  }

  /** Host names that lead somewhere now. */
  get hostnames(): string[] {
    return [...this.#tunnels.keys()];
  }

  /**
   * Lets a token stand for a named tunnel. `port` is where its dashboard leads to on the connector's machine, whatever the
   * connector was told; without one it is what the connector was told.
   */
  addNamedTunnel(token: string, hostname: string, port?: number): void {
    this.#named.set(token, { hostname, port });
  }

  /**
   * Where a public URL can be dialled on this machine: `ws://127.0.0.1:PORT`, one port a name, which leads nowhere (530)
   * as long as the name does not. For guests that cannot be made to use `mapPublicNames`.
   */
  async addressOf(publicUrl: string): Promise<string> {
    const { hostname } = new URL(publicUrl);
    let door = this.#doors.get(hostname);
    if (door === undefined) {
      door = createServer();
      this.#doors.set(hostname, door);
      this.#serve(door, () => hostname);
      await opened(door);
    }
    return `ws://127.0.0.1:${portOf(door)}`;
  }

  /** Cuts all connections, as a restart of the edge does. Stand-ins may connect again. */
  dropConnections(): void {
    for (const { connection } of this.#tunnels.values()) connection.destroy();
  }

  /** Forgets a quick tunnel for good: its process lives on, its name leads nowhere, and it may not come back. */
  forget(publicUrl: string): void {
    const { hostname } = new URL(publicUrl);
    this.#service.forget(hostname);
    this.#tunnels.get(hostname)?.connection.destroy();
  }

  /** Resolves when a name leads somewhere, or does not any more. */
  async untilHostnames(holds: (hostnames: readonly string[]) => boolean): Promise<void> {
    while (!holds(this.hostnames)) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  async close(): Promise<void> {
    const servers = [this.#server, ...this.#doors.values()];
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(
      servers.map(
        (server) =>
          new Promise((resolve) => {
            server.close(resolve);
          }),
      ),
    );
  }

  #serve(server: Server, hostOf: (host: string) => string): void {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on('request', (request, response) => {
      const host = hostOf(hostnameOf(request));
      if (host === '127.0.0.1') this.#service.answer(request, response);
      else this.#pass(host, request, response);
    });
    server.on('upgrade', (request, socket, head) => {
      const host = hostOf(hostnameOf(request));
      if (host === '127.0.0.1') {
        this.#connect(request, socket);
        return;
      }
      const target = this.#targetFor(host);
      if (target === undefined) refuseUpgrade(socket, 530, 'error code: 1033');
      else forwardUpgrade(request, socket, head, target);
    });
  }

  #pass(host: string, request: IncomingMessage, response: ServerResponse): void {
    const target = this.#targetFor(host);
    if (target === undefined) response.writeHead(530).end('error code: 1033');
    else forwardRequest(request, response, target);
  }

  /** A guest's own headers of these names do not get past the edge. */
  #targetFor(hostname: string): ForwardTarget | undefined {
    const tunnel = this.#tunnels.get(hostname);
    if (tunnel === undefined) return undefined;
    return {
      port: tunnel.port,
      headers: {
        host: hostname,
        'cdn-loop': 'cloudflare; loops=1',
        'cf-connecting-ip': this.guestAddress,
        'cf-ipcountry': 'XX',
        'cf-ray': `${randomBytes(8).toString('hex')}-ZZZ`,
        'cf-visitor': '{"scheme":"https"}',
        'x-forwarded-for': this.guestAddress,
        'x-forwarded-proto': 'https',
      },
    };
  }

  /** A stand-in's connection: `/connect` with the tunnel, the protocol, and where it takes requests. */
  #connect(request: IncomingMessage, socket: Duplex): void {
    const parameters = new URL(request.url ?? '', 'http://edge').searchParams;
    const protocol = parameters.get('protocol') === 'http2' ? 'http2' : 'quic';
    const named = this.#named.get(parameters.get('token') ?? '');
    const hostname = this.#service.hostnameOf(parameters.get('id') ?? '') ?? named?.hostname;
    socket.on('error', () => socket.destroy());
    // A server's sockets stay half open otherwise, when whoever connected is gone.
    socket.on('end', () => socket.destroy());
    if (this.blocked.has(protocol)) {
      socket.destroy();
      return;
    }
    if (hostname === undefined) {
      refuseUpgrade(socket, 401);
      return;
    }
    const connectorId = parameters.get('connector') ?? '';
    const tunnel = {
      port: named?.port ?? Number(parameters.get('port')),
      connection: socket,
      connectorId,
    };
    this.#tunnels.set(hostname, tunnel);
    socket.on('close', () => {
      if (this.#tunnels.get(hostname) === tunnel) this.#tunnels.delete(hostname);
      this.#wake();
    });
    socket.write('HTTP/1.1 101 \r\nconnection: upgrade\r\nupgrade: edge\r\n\r\n');
    socket.resume();
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** Starts an edge on a port of its own. */
export function startEdge(): Promise<Edge> {
  return new Edge().listen();
}

function hostnameOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/u, '');
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function opened(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
}
