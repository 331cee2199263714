import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChaosProxy, SeededRandom, type Treatment } from '../src/index.js';

/** One end, with what it has received: all of it, and each read for itself. */
class End {
  readonly socket: Socket;
  readonly reads: Buffer[] = [];
  readonly closed: Promise<unknown>;
  /** Resolves when nothing more will come. */
  readonly over: Promise<unknown>;
  hasEnded = false;
  #changed: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay();
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      this.reads.push(bytes);
      for (const resolve of this.#changed.splice(0)) resolve();
    });
    socket.on('end', () => (this.hasEnded = true));
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    this.over = Promise.race([this.closed, new Promise((resolve) => socket.on('end', resolve))]);
  }

  get received(): Buffer {
    return Buffer.concat(this.reads);
  }

  async receivedBytes(count: number): Promise<Buffer> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
    return this.received;
  }
}

let server: Server;
let proxy: ChaosProxy;
let accepted: End[];
const clients: End[] = [];

beforeEach(async () => {
  accepted = [];
  server = createServer({ allowHalfOpen: true }, (socket) => accepted.push(new End(socket)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await ChaosProxy.before({ port: (server.address() as AddressInfo).port }, { seed: 7 });
});
afterEach(async () => {
  for (const { socket } of [...clients.splice(0), ...accepted]) socket.destroy();
  await proxy.close();
  server.close();
});

async function open(treatment: Treatment = {}): Promise<{ client: End; server: End }> {
  proxy.treat = () => treatment;
  const index = accepted.length;
  const arrival = once(server, 'connection');
  const client = new End(connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true }));
  clients.push(client);
  await arrival;
  const end = accepted[index];
  if (end === undefined) throw new Error('nobody came');
  return { client, server: end };
}

const noise = (length: number, seed = 1): Buffer =>
  Buffer.from(new SeededRandom(seed).bytes(length));

describe('a chaos proxy', () => {
  it('passes everything as it is, both ways, and each end for itself', async () => {
    const { client, server: far } = await open();
    const [up, down] = [noise(300_000, 1), noise(200_000, 2)];
    client.socket.end(up);
    expect((await far.receivedBytes(up.length)).equals(up)).toBe(true);
    await once(far.socket, 'end');
    // Half of the connection has ended in order; the other half goes on.
    far.socket.end(down);
    expect((await client.receivedBytes(down.length)).equals(down)).toBe(true);
    await Promise.all([client.closed, far.closed]);
    expect(proxy.connections[0]?.passedBytes).toEqual({ toServer: 300_000, toClient: 200_000 });
  });

  it.each(['toServer', 'toClient'] as const)('passes single bytes %s', async (way) => {
    const ends = await open({ [way]: { split: 'single bytes' } });
    const [from, to] = way === 'toServer' ? [ends.client, ends.server] : [ends.server, ends.client];
    from.socket.write(noise(200));
    expect((await to.receivedBytes(200)).equals(noise(200))).toBe(true);
    expect(to.reads.length).toBeGreaterThan(100);
  });

  it('splits at random, in the same way for the same seed', async () => {
    const sizes: number[][] = [];
    for (let round = 0; round < 2; round += 1) {
      const again = await ChaosProxy.before(server.address() as AddressInfo, { seed: 9 });
      again.treat = () => ({ toServer: { split: 'random' } });
      const index = accepted.length;
      const arrival = once(server, 'connection');
      const socket = connect(again.port, '127.0.0.1');
      await arrival;
      socket.write(noise(4_000));
      await accepted[index]?.receivedBytes(4_000);
      sizes.push(accepted[index]?.reads.map(({ length }) => length) ?? []);
      socket.destroy();
      await again.close();
    }
    expect(sizes[0]?.length).toBeGreaterThan(4);
    expect(sizes[1]).toEqual(sizes[0]);
  });

  it.each([0, 1, 99, 100])('cuts both ends after %i bytes to the server', async (cutAt) => {
    const { client, server: far } = await open({ toServer: { cutAt } });
    client.socket.write(noise(100));
    await Promise.all([client.closed, far.closed]);
    expect(far.received.equals(noise(100).subarray(0, cutAt))).toBe(true);
  });

  it.each([0, 50])('ends both ends after %i bytes to the server', async (endAt) => {
    const { client, server: far } = await open({ toServer: { endAt } });
    client.socket.write(noise(100));
    await Promise.all([client.over, far.over]);
    expect(far.received.equals(noise(100).subarray(0, endAt))).toBe(true);
  });

  it('cuts both ends after so many bytes to the client, and not for what goes the other way', async () => {
    const { client, server: far } = await open({ toClient: { cutAt: 10 } });
    client.socket.write(noise(1_000));
    await far.receivedBytes(1_000);
    far.socket.write(noise(11));
    await Promise.all([client.closed, far.closed]);
    expect(client.received.equals(noise(11).subarray(0, 10))).toBe(true);
  });

  it('leaves a connection half-open: what comes is lost, the end as well', async () => {
    const { client, server: far } = await open({ toServer: { haltAt: 5 } });
    client.socket.write(noise(5));
    await far.receivedBytes(5);
    await proxy.connections[0]?.halted;
    const sending = once(client.socket, 'finish');
    far.socket.write(noise(5));
    client.socket.end(noise(300_000));
    await sending;
    client.socket.destroy();
    await client.closed;
    // Another connection has come and gone meanwhile; nothing was heard on this one.
    const other = await open();
    other.client.socket.end(noise(1));
    await other.server.receivedBytes(1);
    expect(far.received).toHaveLength(5);
    expect(client.received).toHaveLength(0);
    expect([far.hasEnded, far.socket.destroyed]).toEqual([false, false]);
  });

  it('is a black hole: the client is let in, and the server hears nothing of it', async () => {
    proxy.treat = () => ({ isBlackHole: true });
    const client = new End(connect(proxy.port, '127.0.0.1'));
    clients.push(client);
    await once(client.socket, 'connect');
    client.socket.end(noise(300_000));
    await once(client.socket, 'finish');
    await open();
    expect(accepted).toHaveLength(1);
    expect(proxy.connections[0]?.passedBytes).toEqual({ toServer: 0, toClient: 0 });
  });

  it('delays, and nothing overtakes anything', async () => {
    const { client, server: far } = await open({
      toServer: { delayMs: (random) => 20 + random.below(30), split: 'random' },
    });
    const sentAt = performance.now();
    const whole = noise(20_000);
    for (let at = 0; at < whole.length; at += 1_000) {
      client.socket.write(whole.subarray(at, at + 1_000));
    }
    await far.receivedBytes(1);
    expect(performance.now() - sentAt).toBeGreaterThanOrEqual(19);
    expect((await far.receivedBytes(whole.length)).equals(whole)).toBe(true);
  });

  it('lets the server wait for a connection as well', async () => {
    const startedAt = performance.now();
    const { client, server: far } = await open({ dialDelayMs: 40, toClient: { delayMs: 40 } });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39);
    client.socket.write(noise(10));
    far.socket.write(noise(10));
    await Promise.all([far.receivedBytes(10), client.receivedBytes(10)]);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(79);
  });

  it('is as slow as it should be', async () => {
    const { client, server: far } = await open({ toServer: { bytesPerSecond: 1_000_000 } });
    const sentAt = performance.now();
    const whole = noise(200_000);
    client.socket.write(whole);
    expect((await far.receivedBytes(whole.length)).equals(whole)).toBe(true);
    expect(performance.now() - sentAt).toBeGreaterThanOrEqual(195);
  });

  it.each([{}, { bytesPerSecond: 1_000_000 }])(
    'holds the sender back while it is paused, and loses nothing: %j',
    async (stretch) => {
      const { client, server: far } = await open({ toServer: stretch });
      const connection = await proxy.connection(0);
      client.socket.write(noise(10));
      await far.receivedBytes(10);
      connection.pause();
      // More than all that lies between the two can hold.
      const chunk = Buffer.alloc(1_048_576, 1);
      let sent = 10;
      while (client.socket.write(chunk)) sent += chunk.length;
      sent += chunk.length;
      expect(far.received).toHaveLength(10);
      connection.resume();
      if ('bytesPerSecond' in stretch) return; // it would take long
      await far.receivedBytes(sent);
      expect(far.received).toHaveLength(sent);
    },
  );

  it('treats each connection as it is told, and can cut all at any moment', async () => {
    const [first, second] = [await open({ toServer: { cutAt: 3 } }), await open()];
    first.client.socket.write(noise(10));
    await first.server.closed;
    second.client.socket.write(noise(10));
    await second.server.receivedBytes(10);
    proxy.cut();
    await Promise.all([second.client.closed, second.server.closed]);
    const third = await open();
    third.client.socket.write(noise(10));
    await third.server.receivedBytes(10);
  });

  it('breaks a connection towards the client when nobody listens', async () => {
    const port = (server.address() as AddressInfo).port;
    server.close();
    await once(server, 'close');
    const deaf = await ChaosProxy.before({ port });
    const client = new End(connect(deaf.port, '127.0.0.1'));
    await client.closed;
    await deaf.close();
  });
});
