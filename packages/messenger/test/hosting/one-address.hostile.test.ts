// Many connections from one address that is not this machine's loopback: that of its own network.
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { decodeId } from '@gravy/identity';
import { startHandshake, upgradePath } from '@gravy/protocol';
import { dial } from '@gravy/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostilePeer } from '../chat-hostile-peer.js';
import { acquaint, type Person, Stage } from '../chat-people.js';

const ownAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
if (ownAddress === undefined) console.log('Skipped: this machine is in no network.');

describe.runIf(ownAddress !== undefined)('one address', { timeout: 60_000 }, () => {
  const mallory = new HostilePeer(31);
  let stage: Stage;
  let ada: Person;
  let ben: Person;
  let over: AbortController;
  let crowd: Promise<void>[];

  beforeEach(async () => {
    over = new AbortController();
    crowd = [];
    stage = new Stage();
    [ada, ben] = await Promise.all([stage.quickPerson('ada'), stage.quickPerson('ben')]);
    await acquaint(ada, ben);
  });
  afterEach(async () => {
    over.abort();
    await stage.end();
    await Promise.all(crowd);
  });

  const host = (publicUrl?: string): Promise<{ localUrl: string }> =>
    ada.program.call('host.start', {
      port: 0,
      hostname: '0.0.0.0',
      ...(publicUrl === undefined ? {} : { publicUrl }),
    });
  /** Does it again and again, so many at a time, until the test is over. */
  const again = (atATime: number, act: () => Promise<void>): void => {
    const loop = async (): Promise<void> => {
      while (!over.signal.aborted) await act();
    };
    crowd.push(...Array.from({ length: atATime }, loop));
  };
  const meet = async (url: string): Promise<void> => {
    const { session } = await ben.program.call('session.connect', { url, contact: 'ada' });
    await ben.program.call('session.close', { session });
  };

  it('cannot take all handshakes with one first message that it sends again and again', async () => {
    const { localUrl } = await host();
    const peerId = decodeId(ada.id);
    const { message } = startHandshake({ ownKey: mallory.key, peerId });
    const url = localUrl.replace('127.0.0.1', ownAddress ?? '');
    let sent = 0;
    let answered = 0;
    const { promise: isInFullSwing, resolve } = Promise.withResolvers<void>();
    again(4, async () => {
      try {
        const connection = await dial(url, { path: upgradePath(peerId) });
        await connection.send(new Uint8Array(message));
        sent += 1;
        if (sent === 200) resolve();
        const { done } = await connection.messages[Symbol.asyncIterator]().next();
        if (done !== true) answered += 1;
        connection.terminate();
      } catch {
        // Dropped on the way, which is what the host is for.
      }
    });
    await isInFullSwing;
    // More than the 100 that the host has for all, had the one address been let take them.
    for (let count = 0; count < 20; count += 1) await meet(localUrl);
    expect(answered).toBeLessThan(sent / 2);
  });

  it('is no reason to refuse anybody where all come by a proxy on another machine', async () => {
    const { localUrl } = await host('wss://gravy.example.org');
    const { port } = new URL(localUrl);
    const sockets = new Set<Socket>();
    again(4, async () => {
      const socket = connect(Number(port), ownAddress);
      sockets.add(socket.on('error', () => undefined));
      await new Promise((resolve) => socket.on('close', resolve));
      sockets.delete(socket);
    });
    for (let count = 0; count < 5; count += 1) {
      await meet(localUrl.replace('127.0.0.1', ownAddress ?? ''));
    }
    over.abort();
    for (const socket of sockets) socket.destroy();
  });
});
