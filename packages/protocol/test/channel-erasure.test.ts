// What a channel leaves behind: nothing that anybody could decrypt with, however it ends and wherever opening stops.
import { describe, expect, test, vi } from 'vitest';
import { openChannel } from '../src/channel/open-channel.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { PeerProven } from '../src/handshake/peer-proven.js';
import { ServerAwaitingProof } from '../src/handshake/server-awaiting-proof.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { OwnKey } from '../src/identity-key/own-key.js';
import { MemoryDuplex } from './memory-pair.js';
import { clientOptions, openPair, serverOptions } from './open-pair.js';
import { clientKey, errorWith, keyOf, serverKey } from './pair.js';
import { watching } from './watched-secrets.js';
import { useHandTimers } from './hand-timers.js';

/** An own key is a signing and an agreement pair, and stays. */
const PAIRS_OF_A_KEY = 2;

useHandTimers();

function watchedSide(seedByte: number) {
  const watched = watching();
  const { backend, random } = watched;
  const ownKey = OwnKey.fromSeed(new Uint8Array(32).fill(seedByte), backend);
  const expectNothing = (): void => {
    expect(watched.count()).toBeGreaterThan(1);
    expect(watched.leftOver()).toEqual([]);
    expect(watched.livingPairs()).toBe(PAIRS_OF_A_KEY);
  };
  return { options: { ownKey, backend, random }, expectNothing };
}

const failureOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );

describe('the keys of a session are gone', () => {
  test.each([
    ['closed', async ({ client }: Awaited<ReturnType<typeof openPair>>) => client.close()],
    ['rejected', async ({ client }: Awaited<ReturnType<typeof openPair>>) => client.reject()],
    [
      'lost',
      async ({ client, clientDuplex }: Awaited<ReturnType<typeof openPair>>) => {
        clientDuplex.terminate();
        await client.closed;
      },
    ],
  ])('when it is %s, at both ends', async (_how, end) => {
    const [near, far] = [watchedSide(1), watchedSide(2)];
    const peerId = near.options.ownKey.id;
    const pair = await openPair({ ...near.options, peerId: far.options.ownKey.id }, far.options);
    expect(pair.server.peerId).toEqual(peerId);
    await pair.client.send(32, Uint8Array.of(1));
    await end(pair);
    await pair.server.closed;
    near.expectNothing();
    far.expectNothing();
  });
});

describe('the keys of an attempt are gone', () => {
  test('when nobody answers', async () => {
    const client = watchedSide(1);
    const [duplex] = MemoryDuplex.pair();
    const opening = openChannel(duplex, clientOptions(client.options));
    const failure = failureOf(opening);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await failure).toEqual(errorWith('timeout'));
    client.expectNothing();
  });

  test('when the server falls silent after msg2', async () => {
    const client = watchedSide(1);
    const [duplex, far] = MemoryDuplex.pair();
    const messages = far.messages[Symbol.asyncIterator]();
    const opening = openChannel(duplex, clientOptions(client.options));
    const failure = failureOf(opening);
    const hello = await messages.next();
    const server = awaitHandshake({ ownKey: serverKey });
    const reply = server.receive(hello.value ?? new Uint8Array(0));
    await far.send(reply.message);
    await vi.advanceTimersByTimeAsync(65_000);
    expect(await failure).toEqual(errorWith('timeout'));
    reply.next.erase();
    client.expectNothing();
  });

  test.each([
    ['when the client does not prove who it is', undefined],
    ['when the client is not welcome', (): boolean => false],
    [
      'when nobody can say whether it is',
      (): Promise<boolean> => Promise.reject(new Error('no disk')),
    ],
  ])('%s', async (_when, authorize) => {
    const [client, server] = [watchedSide(1), watchedSide(2)];
    const [near, far] = MemoryDuplex.pair();
    const opening = openChannel(
      far,
      serverOptions({ ...server.options, ...(authorize && { authorize }) }),
    );
    const refused = failureOf(opening);
    if (authorize === undefined) near.send = (bytes) => loseAfterFirst(near, bytes);
    const dialling = openChannel(
      near,
      clientOptions({ ...client.options, peerId: server.options.ownKey.id }),
    );
    const failed = failureOf(dialling);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await Promise.all([refused, failed])).toEqual([expect.any(Error), expect.any(Error)]);
    client.expectNothing();
    server.expectNothing();
  });

  // The next step of a server has its key as a copy, which no back end has given out.
  test('with the step that a server had come to', async () => {
    const [awaiting, held] = [
      vi.spyOn(ServerAwaitingProof.prototype, 'erase'),
      vi.spyOn(PeerProven.prototype, 'reject'),
    ];
    const [near, far] = MemoryDuplex.pair();
    const waiting = failureOf(openChannel(far, serverOptions()));
    await near.send(startHandshake({ ownKey: clientKey, peerId: serverKey.id }).message);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await waiting).toEqual(errorWith('timeout'));
    expect([awaiting.mock.calls.length, held.mock.calls.length]).toEqual([1, 0]);

    const [client, server] = MemoryDuplex.pair();
    const refusing = failureOf(openChannel(server, serverOptions({ authorize: () => false })));
    const refused = failureOf(openChannel(client, clientOptions()));
    expect(await refusing).toEqual(errorWith('not_accepted'));
    await refused;
    expect(held).toHaveBeenCalledOnce();
    vi.restoreAllMocks();
  });

  test('when the server is another one than was called', async () => {
    const client = watchedSide(1);
    const [near, far] = MemoryDuplex.pair();
    const other = openChannel(far, serverOptions({ ownKey: keyOf(8) }));
    const opening = openChannel(near, clientOptions(client.options));
    await expect(other).rejects.toThrow(errorWith('not_addressed_to_us'));
    await expect(opening).rejects.toThrow(errorWith('connection_lost'));
    client.expectNothing();
  });
});

/** msg1 arrives, and what comes after it gets lost. */
function loseAfterFirst(duplex: MemoryDuplex, bytes: Uint8Array): Promise<void> {
  const sent = MemoryDuplex.prototype.send.call(duplex, bytes);
  duplex.isMuted = true;
  return sent;
}
