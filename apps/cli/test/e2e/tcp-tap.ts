import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export type Way = 'to host' | 'to guest';

/** What becomes of bytes on their way, of the connection with this number, counted from 0. */
type Pass = (
  bytes: Buffer,
  way: Way,
  connection: number,
) => readonly Buffer[] | Promise<readonly Buffer[]>;

/** A stretch of network between a guest and a host: it sees every byte, and may do what a network may do. */
export class TcpTap {
  readonly url: string;
  readonly captured: Readonly<Record<Way, Buffer[]>> = { 'to host': [], 'to guest': [] };
  /** By default bytes pass as they are. Those of one connection and way never overtake each other. */
  pass: Pass = (bytes) => [bytes];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #connections = 0;

  private constructor(server: Server, hostUrl: string) {
    const target = new URL(hostUrl);
    const { port } = server.address() as { port: number };
    this.url = `ws://127.0.0.1:${port}`;
    this.#server = server;
    server.on('connection', (guest) => {
      const host = connect(Number(target.port), target.hostname);
      const connection = this.#connections++;
      this.#carry(guest, host, 'to host', connection);
      this.#carry(host, guest, 'to guest', connection);
    });
  }

  static async before(hostUrl: string): Promise<TcpTap> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpTap(server, hostUrl);
  }

  /** Everything that passed, in both directions. */
  get bytes(): Buffer {
    return Buffer.concat([...this.captured['to host'], ...this.captured['to guest']]);
  }

  /** The connections break; new ones may come. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #carry(from: Socket, to: Socket, way: Way, connection: number): void {
    this.#sockets.add(from);
    let carried = Promise.resolve();
    const afterThat = (act: () => void | Promise<void>): void => void (carried = carried.then(act));
    from.on('error', () => undefined);
    from.on('data', (bytes: Buffer) => {
      this.captured[way].push(bytes);
      const passing = this.pass(bytes, way, connection);
      afterThat(async () => {
        for (const passed of await passing) if (to.writable) to.write(passed);
      });
    });
    from.on('end', () => afterThat(() => void to.end()));
    from.on('close', () => {
      this.#sockets.delete(from);
      afterThat(() => void to.destroy());
    });
  }
}
