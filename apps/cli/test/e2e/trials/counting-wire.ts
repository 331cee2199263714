import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A stretch of network in front of a port of this machine. It counts what passes to the guest, and says when so much has. */
export class CountingWire {
  readonly url: string;
  bytes = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #mark: { readonly bytes: number; readonly resolve: () => void } | undefined;

  private constructor(server: Server, hostPort: number) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as { port: number }).port}`;
    server.on('connection', (guest) => {
      const host = connect(hostPort, '127.0.0.1');
      for (const [from, to] of [
        [guest, host],
        [host, guest],
      ] as const) {
        this.#sockets.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
      }
      host.on('data', (piece: Buffer) => this.#count(piece.length));
    });
  }

  static async before(hostPort: number): Promise<CountingWire> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CountingWire(server, hostPort);
  }

  /** Resolves once so many bytes have passed in all. */
  passed(bytes: number): Promise<void> {
    if (this.bytes >= bytes) return Promise.resolve();
    return new Promise((resolve) => {
      this.#mark = { bytes, resolve };
    });
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #count(bytes: number): void {
    this.bytes += bytes;
    if (this.#mark === undefined || this.bytes < this.#mark.bytes) return;
    this.#mark.resolve();
    this.#mark = undefined;
  }
}
