import { describe, expect, test, vi } from 'vitest';
import type { ProvenPeer } from '../src/channel/decide.js';
import { openChannel } from '../src/channel/open-channel.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { MemoryDuplex } from './memory-pair.js';
import { clientOptions, openPair, serverOptions } from './open-pair.js';
import { clientKey, errorWith, keyOf, serverKey } from './pair.js';
import { useHandTimers } from './hand-timers.js';

useHandTimers();

const never = new Promise<boolean>(() => undefined);

/** What the promise rejected with, once the timers have run for this long; undefined if it has not settled. */
async function failureWithin(ms: number, work: Promise<unknown>): Promise<unknown> {
  let failure: unknown;
  const watched = work.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => {
      failure = error;
    },
  );
  await vi.advanceTimersByTimeAsync(ms);
  if (failure !== undefined) await watched;
  return failure;
}

async function expectFailureAt(ms: number, work: Promise<unknown>, code: string): Promise<void> {
  const settled = work.catch((error: unknown) => error);
  expect(await failureWithin(ms - 1, work)).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(await settled).toEqual(errorWith(code));
}

/** Plays the client by hand against a server that is being opened. */
function playClient(duplex: MemoryDuplex) {
  const messages = duplex.messages[Symbol.asyncIterator]();
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
  return {
    hello: () => duplex.send(hello.message),
    proof: async () => {
      const reply = await messages.next();
      await duplex.send(hello.next.receive(reply.value ?? new Uint8Array(0)).message);
    },
    messages,
  };
}

describe('opening', () => {
  test('gives both ends a channel', async () => {
    const invites = [{ key: 'the invite', psk: new Uint8Array(32).fill(4) }];
    const psk = invites[0]?.psk;
    const onPlausible = vi.fn<() => boolean>(() => true);
    const authorize = vi.fn<() => boolean>(() => true);
    const { client, server } = await openPair<string>({ psk }, { invites, onPlausible, authorize });
    expect(client).toMatchObject({ role: 'client', peerId: serverKey.id, invite: undefined });
    expect(server).toMatchObject({ role: 'server', peerId: clientKey.id, invite: 'the invite' });
    expect(onPlausible).toHaveBeenCalledOnce();
    expect(authorize).toHaveBeenCalledExactlyOnceWith({
      id: clientKey.id,
      invite: 'the invite',
      signal: expect.any(AbortSignal),
    });
    await client.close();
  });

  test('called off before it begins sends nothing', async () => {
    const [duplex] = MemoryDuplex.pair();
    const opening = openChannel(duplex, clientOptions({ signal: AbortSignal.abort('no more') }));
    await expect(opening).rejects.toMatchObject({ code: 'aborted', cause: 'no more' });
    expect(duplex.sent).toEqual([]);
    expect(duplex.hasEnded).toBe(true);
  });

  test('to an id that is none sends nothing', async () => {
    const [duplex] = MemoryDuplex.pair();
    const opening = openChannel(duplex, clientOptions({ peerId: new Uint8Array(32) }));
    await expect(opening).rejects.toThrow(errorWith('unsafe_peer_id'));
    expect(duplex.sent).toEqual([]);
    expect(duplex.hasEnded).toBe(true);
  });
});

describe('the client', () => {
  test('waits 10 s for msg2', async () => {
    const [duplex] = MemoryDuplex.pair();
    await expectFailureAt(10_000, openChannel(duplex, clientOptions()), 'timeout');
    expect(duplex.hasEnded).toBe(true);
  });

  test('waits 65 s for msg4', async () => {
    const [duplex, far] = MemoryDuplex.pair();
    const messages = far.messages[Symbol.asyncIterator]();
    const opening = openChannel(duplex, clientOptions());
    const hello = await messages.next();
    const server = awaitHandshake({ ownKey: serverKey });
    await far.send(server.receive(hello.value ?? new Uint8Array(0)).message);
    await expectFailureAt(65_000, opening, 'timeout');
    expect(duplex.sent.map((message) => message.length)).toEqual([1252, 149]);
  });

  test('can be called off at any time', async () => {
    const [duplex] = MemoryDuplex.pair();
    const controller = new AbortController();
    const opening = openChannel(duplex, clientOptions({ signal: controller.signal }));
    expect(await failureWithin(5000, opening)).toBeUndefined();
    controller.abort();
    await expect(opening).rejects.toThrow(errorWith('aborted'));
    expect(duplex.hasEnded).toBe(true);
  });

  test('tells a lost connection from a refusal', async () => {
    const [early, farEarly] = MemoryDuplex.pair();
    const lost = openChannel(early, clientOptions());
    farEarly.terminate();
    await expect(lost).rejects.toThrow(errorWith('connection_lost'));
    const gone = openChannel(early, clientOptions());
    await expect(gone).rejects.toThrow(errorWith('connection_lost'));

    const [duplex, far] = MemoryDuplex.pair();
    const refusing = openChannel(far, serverOptions({ authorize: () => false }));
    const refused = openChannel(duplex, clientOptions());
    await expect(refusing).rejects.toThrow(errorWith('not_accepted'));
    await expect(refused).rejects.toThrow(errorWith('not_accepted'));
  });

  test('tells why the connection was lost', async () => {
    const cause = new Error('EPIPE');
    const refusing = new MemoryDuplex();
    refusing.send = () => Promise.reject(cause);
    const lost = openChannel(refusing, clientOptions());
    await expect(lost).rejects.toMatchObject({ code: 'connection_lost', cause });

    const [duplex, far] = MemoryDuplex.pair();
    const server = openChannel(far, serverOptions());
    const late = openChannel(duplex, clientOptions());
    const send = duplex.send.bind(duplex);
    duplex.send = (bytes) => (bytes.length === 149 ? Promise.reject(cause) : send(bytes));
    await expect(late).rejects.toMatchObject({ code: 'not_accepted', cause });
    await expect(server).rejects.toThrow(errorWith('connection_lost'));
  });

  test('sends nothing of itself to an impostor', async () => {
    const [duplex, far] = MemoryDuplex.pair();
    const opening = openChannel(duplex, clientOptions({ psk: new Uint8Array(32).fill(1) }));
    const server = openChannel(far, serverOptions());
    await expect(opening).rejects.toThrow(errorWith('peer_not_authentic'));
    await expect(server).rejects.toThrow(errorWith('connection_lost'));
    expect(duplex.sent.map((message) => message.length)).toEqual([1252]);
  });
});

describe('the server', () => {
  test('waits 5 s for msg1', async () => {
    const [duplex] = MemoryDuplex.pair();
    await expectFailureAt(5000, openChannel(duplex, serverOptions()), 'timeout');
    expect(duplex).toMatchObject({ hasEnded: true, sent: [] });
  });

  test('waits 10 s for msg3', async () => {
    const [far, duplex] = MemoryDuplex.pair();
    const opening = openChannel(duplex, serverOptions());
    expect(await failureWithin(4000, opening)).toBeUndefined();
    await playClient(far).hello();
    await expectFailureAt(10_000, opening, 'timeout');
  });

  test('gives the whole handshake 15 s', async () => {
    const [far, duplex] = MemoryDuplex.pair();
    const client = playClient(far);
    duplex.isStalled = true;
    const opening = openChannel(duplex, serverOptions());
    expect(await failureWithin(4999, opening)).toBeUndefined();
    await client.hello();
    duplex.isStalled = false;
    expect(await failureWithin(9000, opening)).toBeUndefined();
    duplex.isStalled = true;
    await client.proof();
    await expectFailureAt(1001, opening, 'timeout');
  });

  test('drops whoever is not addressing it, without a word', async () => {
    const [far, duplex] = MemoryDuplex.pair();
    const opening = openChannel(duplex, serverOptions({ ownKey: keyOf(8) }));
    await playClient(far).hello();
    await expect(opening).rejects.toThrow(errorWith('not_addressed_to_us'));
    expect(duplex).toMatchObject({ hasEnded: true, sent: [] });
  });

  test('drops what it will not admit', async () => {
    const [far, duplex] = MemoryDuplex.pair();
    const opening = openChannel(duplex, serverOptions({ onPlausible: () => false }));
    await playClient(far).hello();
    await expect(opening).rejects.toThrow(errorWith('not_admitted'));
    expect(duplex).toMatchObject({ hasEnded: true, sent: [] });
  });
});

/** Brings a server to the point where it holds a proven peer. */
async function hold(authorize: (peer: ProvenPeer) => Promise<boolean>, signal?: AbortSignal) {
  const [far, duplex] = MemoryDuplex.pair();
  const peers: ProvenPeer[] = [];
  const held = Promise.withResolvers<void>();
  const opening = openChannel(
    duplex,
    serverOptions<never>({
      signal,
      authorize: (peer) => {
        peers.push(peer);
        held.resolve();
        return authorize(peer);
      },
    }),
  );
  const client = playClient(far);
  await client.hello();
  await client.proof();
  await held.promise;
  const [peer] = peers;
  if (!peer) throw new Error('nobody is held');
  return { far, duplex, opening, peer };
}

describe('a peer that is held', () => {
  test('hears nothing, and is dropped after 60 s', async () => {
    const { duplex, opening, peer } = await hold(() => never);
    await expectFailureAt(60_000, opening, 'timeout');
    expect(duplex.sent.map((message) => message.length)).toEqual([1137]);
    expect(duplex.hasEnded).toBe(true);
    expect(peer.signal.aborted).toBe(true);
  });

  test('is dropped when it says anything', async () => {
    const { far, opening, peer } = await hold(() => never);
    await far.send(new Uint8Array(1));
    await expect(opening).rejects.toThrow(errorWith('connection_lost'));
    expect(peer.signal.aborted).toBe(true);
  });

  test('is dropped when its connection ends, or the host calls it off', async () => {
    const gone = await hold(() => never);
    gone.far.terminate();
    await expect(gone.opening).rejects.toThrow(errorWith('connection_lost'));
    expect(gone.peer.signal.aborted).toBe(true);
    const controller = new AbortController();
    const called = await hold(() => never, controller.signal);
    controller.abort();
    await expect(called.opening).rejects.toThrow(errorWith('aborted'));
  });

  test('may be let in late: the time it was held does not count', async () => {
    const answer = Promise.withResolvers<boolean>();
    const [clientDuplex, serverDuplex] = MemoryDuplex.pair();
    const server = openChannel(
      serverDuplex,
      serverOptions<never>({ authorize: () => answer.promise }),
    );
    const client = openChannel(clientDuplex, clientOptions());
    await vi.advanceTimersByTimeAsync(59_000);
    answer.resolve(true);
    // Also over a connection that takes its time for the last message.
    const send = serverDuplex.send.bind(serverDuplex);
    serverDuplex.send = async (bytes) => {
      await send(bytes);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
    };
    await vi.advanceTimersByTimeAsync(5_000);
    serverDuplex.send = send;
    const channels = await Promise.all([client, server]);
    await channels[0].close();
    expect(await channels[1].closed).toMatchObject({ kind: 'closed_by_peer' });
  });

  test('is dropped when deciding fails, with that error', async () => {
    const { opening, duplex } = await hold(() => Promise.reject(new RangeError('no disk')));
    await expect(opening).rejects.toThrow(new RangeError('no disk'));
    expect(duplex.hasEnded).toBe(true);
  });
});
