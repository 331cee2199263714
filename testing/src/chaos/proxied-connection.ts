import { Socket } from 'node:net';
import { SeededRandom } from '../seeded-random.js';
import { Direction } from './direction.js';
import type { Treatment } from './treatment.js';

/** One connection through a proxy, in whose way a test may put itself at any moment. */
export class ProxiedConnection {
  /** Resolves when both ends are closed. */
  readonly closed: Promise<void>;
  /** Resolves when the connection has become half-open, which it need not. */
  readonly halted: Promise<void>;
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #toServer: Direction;
  readonly #toClient: Direction;
  readonly #resolveHalted: () => void;

  constructor(
    client: Socket,
    options: {
      target: { readonly port: number; readonly host: string };
      treatment: Treatment;
      seed: number;
    },
  ) {
    const { target, treatment, seed } = options;
    const { isBlackHole = false, dialDelayMs = 0, toServer = {}, toClient = {} } = treatment;
    const server = new Socket({ allowHalfOpen: true });
    const dial = (): void => void (server.destroyed || server.connect(target));
    if (dialDelayMs > 0) setTimeout(dial, dialDelayMs);
    else if (!isBlackHole) dial();
    this.#client = client;
    this.#server = server;
    for (const socket of [client, server]) {
      socket.setNoDelay();
      // A connection that breaks is cut on the other side as well, by the close that follows.
      socket.on('error', () => undefined);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.halted = promise;
    this.#resolveHalted = resolve;
    const closing = [client, server].map(
      (socket) => new Promise((resolveClosed) => socket.once('close', resolveClosed)),
    );
    this.closed = Promise.all(closing).then(() => undefined);

    const fate = {
      cut: () => this.cut(),
      end: () => this.end(),
      halt: () => this.halt(),
    };
    const line = (from: Socket, to: Socket, index: number): Direction =>
      new Direction({
        from,
        to,
        stretch: index === 0 ? toServer : toClient,
        random: new SeededRandom(seed + index),
        fate,
      });
    this.#toServer = line(client, server, 0);
    this.#toClient = line(server, client, 1);
    if (isBlackHole) this.halt();
    void this.#toServer.start();
    void this.#toClient.start();
  }

  /** Bytes that were passed on so far. */
  get passedBytes(): { readonly toServer: number; readonly toClient: number } {
    return { toServer: this.#toServer.passedBytes, toClient: this.#toClient.passedBytes };
  }

  /** Both ends see the connection break. */
  cut(): void {
    for (const socket of [this.#client, this.#server]) {
      // Node resets only a connection that neither side has begun to end, and the others never close if asked to.
      const isWhole = !socket.pending && !socket.readableEnded && !socket.writableEnded;
      if (isWhole) socket.resetAndDestroy();
      else socket.destroy();
    }
  }

  /** Both ends see the connection end, and what they still send is refused. */
  end(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  /** Neither end hears of the other any more, nor that it is gone. */
  halt(): void {
    this.#toServer.halt();
    this.#toClient.halt();
    this.#resolveHalted();
  }

  /** Nothing passes, and whoever sends has to wait. */
  pause(): void {
    this.#toServer.pause();
    this.#toClient.pause();
  }

  resume(): void {
    this.#toServer.resume();
    this.#toClient.resume();
  }
}
