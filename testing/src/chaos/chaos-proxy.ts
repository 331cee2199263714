import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { ProxiedConnection } from './proxied-connection.js';
import type { Treatment } from './treatment.js';

/** Seeds of one connection and the next are this far apart: each has one for each direction. */
const SEEDS_PER_CONNECTION = 2;

/**
 * A stretch of network before a server on this machine, as bad as a test wants it. What happens at random
 * happens again with the same seed: each connection has its own randomness, whatever the others do.
 */
export class ChaosProxy {
  /** What becomes of the next connections, by their number from 0. By default they pass as they are. */
  treat: (connection: number) => Treatment = () => ({});
  /** All connections so far, also those that have ended. */
  readonly connections: ProxiedConnection[] = [];
  readonly #server: Server;
  readonly #target: { readonly port: number; readonly host: string };
  readonly #seed: number;
  #arrived: (() => void)[] = [];

  private constructor(server: Server, target: { port: number; host: string }, seed: number) {
    this.#server = server;
    this.#target = target;
    this.#seed = seed;
    server.on('connection', (client) => {
      const index = this.connections.length;
      const connection = new ProxiedConnection(client, {
        target: this.#target,
        treatment: this.treat(index),
        seed: this.#seed + index * SEEDS_PER_CONNECTION,
      });
      this.connections.push(connection);
      for (const resolve of this.#arrived.splice(0)) resolve();
    });
  }

  /** Opens one before a server, on a port of its own. */
  static async before(
    target: { readonly port: number; readonly host?: string },
    options: { readonly seed?: number } = {},
  ): Promise<ChaosProxy> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port, host = '127.0.0.1' } = target;
    return new ChaosProxy(server, { port, host }, options.seed ?? 1);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The connection of this number, now or when it comes. */
  async connection(index: number): Promise<ProxiedConnection> {
    for (;;) {
      const found = this.connections[index];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#arrived.push(resolve));
    }
  }

  /** Every connection breaks; new ones may come. */
  cut(): void {
    for (const connection of this.connections) connection.cut();
  }

  /** Ends everything, and resolves when nothing is left. */
  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
    await Promise.all(this.connections.map(({ closed }) => closed));
  }
}
