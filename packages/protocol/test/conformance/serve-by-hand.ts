import { vi } from 'vitest';
import type { Channel } from '../../src/channel/channel.js';
import { openChannel } from '../../src/channel/open-channel.js';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import type { ServerSession } from '../../src/record/server-session.js';
import { MemoryDuplex } from '../memory-pair.js';
import { clientOptions } from '../open-pair.js';
import { serverKey } from '../pair.js';

/** A client's channel, and at its other end a server that does only what a test tells it. */
export interface ServedByHand {
  readonly client: Channel;
  readonly session: ServerSession;
  /** Puts a frame before the client, and lets it do what needs no time. */
  readonly send: (frame: Uint8Array) => Promise<void>;
  /** Opens everything that the client has sent since the last call, and gives the kinds. */
  readonly kinds: () => readonly number[];
  readonly isOver: () => boolean;
}

/** To be called with fake timers. */
export async function serveByHand(): Promise<ServedByHand> {
  const [near, far] = MemoryDuplex.pair();
  const opening = openChannel(near, clientOptions());
  const messages = far.messages[Symbol.asyncIterator]();
  const next = async (): Promise<Uint8Array> => (await messages.next()).value as Uint8Array;
  const reply = awaitHandshake({ ownKey: serverKey }).receive(await next());
  await far.send(reply.message);
  const { message, session } = reply.next.receive(await next()).accept();
  await far.send(message);
  const client = await opening;
  let opened = near.sent.length;
  let hasEnded = false;
  void client.closed.then(() => {
    hasEnded = true;
  });
  return {
    client,
    session,
    send: async (frame) => {
      await far.send(frame);
      await vi.advanceTimersByTimeAsync(0);
    },
    kinds: () => {
      const frames = near.sent.slice(opened);
      opened += frames.length;
      return frames.map((frame) => session.open(frame).kind);
    },
    isOver: () => hasEnded,
  };
}
