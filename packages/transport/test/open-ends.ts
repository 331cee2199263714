import { type Connection, dial, listen, type Listener, type ListenLimits } from '../src/index.js';
import type { ServerConnection } from '../src/index.js';

export const PATH = '/cFFXr6FCj_nD_khE6DXQmA';

/** A listener that hands out its connections one by one. */
export class Ends {
  listener!: Listener;
  readonly accepted: ServerConnection[] = [];
  readonly dialled: Connection[] = [];
  #waiting: (() => void)[] = [];

  static async open(limits: ListenLimits = {}): Promise<Ends> {
    const ends = new Ends();
    ends.listener = await listen({
      port: 0,
      hostname: '127.0.0.1',
      path: PATH,
      limits,
      onConnection: (connection) => {
        ends.accepted.push(connection);
        for (const resolve of ends.#waiting.splice(0)) resolve();
      },
    });
    return ends;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.listener.port}`;
  }

  async dial(): Promise<{ client: Connection; server: ServerConnection }> {
    const index = this.accepted.length;
    const client = await dial(this.url, { path: PATH });
    this.dialled.push(client);
    return { client, server: await this.acceptedAt(index) };
  }

  async acceptedAt(index: number): Promise<ServerConnection> {
    for (;;) {
      const found = this.accepted[index];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async close(): Promise<void> {
    for (const connection of [...this.dialled, ...this.accepted]) connection.terminate();
    await this.listener.close();
  }
}
