import { createServer, type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createStandIn,
  type Edge,
  mapPublicNames,
  type StandIn,
  startEdge,
} from '@gravy/cloudflared-stand-in';
import { onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import {
  openTunnel,
  type Tunnel,
  type TunnelEvent,
  type TunnelLimits,
  type TunnelOptions,
} from '../src/index.js';

/** Short, but for what must not run out on a busy machine. */
export const SHORT_LIMITS: Partial<TunnelLimits> = {
  registerTimeoutMs: 2_000,
  settleMs: 20,
  metricsTimeoutMs: 100,
  probeTimeoutMs: 400,
  pollMs: 20,
  // Where a test wants a tunnel to die, it says so.
  deadAfterMs: 20_000,
  endTimeoutMs: 2_000,
  orphanEndTimeoutMs: 1_000,
  restartDelayMs: 20,
  longestRestartDelayMs: 100,
  rateLimitDelayMs: 60,
  longestRateLimitDelayMs: 120,
};

export const PATH = '/QmFzZTY0LXBhdGgtb2YtaG9zdA';

/** An edge, a stand-in that talks to it, an origin, and a folder: everything a tunnel needs. */
export interface World {
  readonly edge: Edge;
  readonly standIn: StandIn;
  readonly folder: string;
  readonly port: number;
  /** What reached the origin. */
  readonly requests: IncomingMessage[];
  readonly events: TunnelEvent[];
  open(options?: Partial<TunnelOptions>): Promise<Tunnel>;
  /** Says something to the origin by way of the public URL, and returns the answer. */
  talk(url: string, text: string): Promise<string>;
  /** Resolves with the first event from `from` on that fits. */
  untilEvent(fits: (event: TunnelEvent) => boolean): Promise<TunnelEvent>;
}

export async function makeWorld(options: Parameters<typeof createStandIn>[1] = {}): Promise<World> {
  const edge = await startEdge();
  const standIn = await createStandIn(edge, options);
  const folder = await mkdtemp(join(tmpdir(), 'gravy-tunnel-'));
  const requests: IncomingMessage[] = [];
  const origin = createServer((request, response) => {
    requests.push(request);
    response.end('origin');
  });
  // Says back what it is told.
  const sockets = new WebSocketServer({ server: origin, path: PATH, perMessageDeflate: false });
  sockets.on('connection', (socket, request) => {
    requests.push(request);
    socket.on('message', (message, isBinary) => socket.send(message, { binary: isBinary }));
  });
  await new Promise<void>((resolve) => {
    origin.listen(0, '127.0.0.1', resolve);
  });
  const { port } = origin.address() as AddressInfo;
  const undo = mapPublicNames(edge.port, ['chat.example.org']);
  const events: TunnelEvent[] = [];
  const listeners = new Set<(event: TunnelEvent) => void>();
  const opened: Promise<Tunnel>[] = [];
  onTestFinished(async () => {
    const tunnels = await Promise.allSettled(opened);
    for (const result of tunnels) if (result.status === 'fulfilled') await result.value.close();
    undo();
    for (const socket of sockets.clients) socket.terminate();
    origin.close();
    origin.closeAllConnections();
    await edge.close();
    await standIn.remove();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    edge,
    standIn,
    folder,
    port,
    requests,
    events,
    async open(overrides = {}) {
      const tunnel = openTunnel({
        cloudflared: { path: standIn.path, version: '2026.8.3', source: 'setting' },
        origin: { port, path: PATH },
        folder,
        onEvent: (event) => {
          events.push(event);
          for (const listener of listeners) listener(event);
        },
        ...overrides,
        limits: { ...SHORT_LIMITS, ...overrides.limits },
      });
      opened.push(tunnel);
      return tunnel;
    },
    async talk(url, text) {
      const socket = new WebSocket(`${url.replace('https:', 'wss:')}${PATH}`);
      const answer = await new Promise<string>((resolve, reject) => {
        socket.on('error', reject);
        socket.on('open', () => socket.send(text));
        socket.on('message', (message) => resolve(Buffer.from(message as Buffer).toString()));
      });
      socket.terminate();
      return answer;
    },
    untilEvent(fits) {
      return new Promise((resolve) => {
        const found = events.find((event) => fits(event));
        if (found !== undefined) {
          resolve(found);
          return;
        }
        const listener = (event: TunnelEvent): void => {
          if (!fits(event)) return;
          listeners.delete(listener);
          resolve(event);
        };
        listeners.add(listener);
      });
    },
  };
}

/** The states that were gone through, `starting` with its protocol. */
export function stateNames(events: readonly TunnelEvent[]): string[] {
  return events.map((event) => {
    if (event.kind === 'url') return 'url';
    return event.state.kind === 'starting' ? `starting ${event.state.protocol}` : event.state.kind;
  });
}

/** A request for a path of a public URL, on a connection of its own. */
export function requestStatus(url: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { agent: false, headers: { connection: 'close' } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });
}
