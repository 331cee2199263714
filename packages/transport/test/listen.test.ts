import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listen } from '../src/index.js';
import { Ends, PATH } from './open-ends.js';

describe('listen', () => {
  const opened: { end: () => unknown }[] = [];
  afterEach(async () => {
    for (const { end } of opened.splice(0)) await end();
  });
  const open = async (...limits: Parameters<typeof Ends.open>): Promise<Ends> => {
    const ends = await Ends.open(...limits);
    opened.push({ end: () => ends.close() });
    return ends;
  };
  const knock = async (ends: Ends): Promise<Socket> => {
    const socket = connect(ends.listener.port, '127.0.0.1');
    socket.on('error', () => undefined);
    opened.push({ end: () => socket.destroy() });
    await once(socket, 'connect');
    return socket;
  };

  it('cuts who says nothing, or too little too slowly', async () => {
    const ends = await open({ requestTimeoutMs: 100 });
    const silent = await knock(ends);
    const slow = await knock(ends);
    const dribbling = setInterval(() => slow.write('G'), 20);
    await Promise.all([closed(silent), closed(slow)]);
    clearInterval(dribbling);
    await vi.waitFor(() => expect(ends.listener.unauthenticatedCount).toBe(0));
  });

  it('lets a newcomer take the place of the oldest who has shown nothing', async () => {
    const ends = await open({ maxUnauthenticated: 3 });
    const first = await ends.dial();
    first.server.raise('plausible');
    const second = await ends.dial();
    const third = await ends.dial();
    expect(ends.listener.unauthenticatedCount).toBe(3);
    await ends.dial();
    expect(await second.client.closed).toEqual({ clean: false });
    third.server.raise('authenticated');
    first.server.raise('authenticated');
    for (let count = 0; count < 6; count += 1) await ends.dial();
    expect(ends.listener.unauthenticatedCount).toBe(3);
    await first.client.send(Uint8Array.of(1));
    for await (const message of first.server.messages) {
      expect(message).toEqual(Uint8Array.of(1));
      break;
    }
  });

  it('drops even the plausible, the oldest first, when there is nobody else', async () => {
    const ends = await open({ maxUnauthenticated: 2 });
    const pairs = [await ends.dial(), await ends.dial()];
    for (const { server } of pairs) server.raise('plausible');
    await ends.dial();
    expect(await pairs[0]?.client.closed).toEqual({ clean: false });
  });

  it('does not count who is held while somebody is asked', async () => {
    const ends = await open({ maxUnauthenticated: 1 });
    const { client, server } = await ends.dial();
    server.raise('held');
    await ends.dial();
    await client.send(Uint8Array.of(1));
    expect(ends.listener.unauthenticatedCount).toBe(1);
  });

  it('takes so many of one address and no more, but for this machine', async () => {
    const ends = await open({ maxUnauthenticatedPerAddress: 2, isExempt: () => false });
    const [one] = [await ends.dial(), await ends.dial()];
    const third = await knock(ends);
    await closed(third);
    one?.server.raise('authenticated');
    await ends.dial();
    expect(ends.accepted).toHaveLength(3);
    expect(ends.accepted.map(({ limitGroup }) => limitGroup)).toEqual([
      '127.0.0.1',
      '127.0.0.1',
      '127.0.0.1',
    ]);
  });

  it('forgets who has left', async () => {
    const ends = await open();
    const { client, server } = await ends.dial();
    client.terminate();
    await server.closed;
    expect(ends.listener.unauthenticatedCount).toBe(0);
  });

  it('closing cuts who is not authenticated, keeps who is, frees the port, and does not wait', async () => {
    const ends = await open();
    const [friend, stranger] = [await ends.dial(), await ends.dial()];
    friend.server.raise('authenticated');
    await ends.listener.close();
    expect(await stranger.client.closed).toEqual({ clean: false });
    await friend.client.send(Uint8Array.of(7));
    for await (const message of friend.server.messages) {
      expect(message).toEqual(Uint8Array.of(7));
      break;
    }
    const { port } = ends.listener;
    const again = await listen({ port, hostname: '127.0.0.1', path: PATH, onConnection: () => 0 });
    await again.close();
  });

  it('says why it cannot', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    opened.push({ end: () => other.close() });
    const { port } = other.address() as { port: number };
    const attempt = (hostname: string): Promise<unknown> =>
      listen({ port, hostname, path: PATH, onConnection: () => 0 });
    await expect(attempt('127.0.0.1')).rejects.toMatchObject({ code: 'port_in_use' });
    await expect(attempt('192.0.2.1')).rejects.toMatchObject({ code: 'address_unavailable' });
  });
});

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on('close', () => resolve()));
}
