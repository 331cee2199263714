// The second implementation at the far end of a channel, which must not notice.
import { SeededRandom } from '@gravy/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryDuplexPair, openChannel, type Channel, type Duplex } from '../../src/index.js';
import { clientKey, serverKey } from '../pair.js';
import { clientOptions, nextOf, serverOptions } from '../open-pair.js';
import { startClient } from './client.js';
import type { Message } from './frame.js';
import { drawFrom } from './interoperate.js';
import { idOf } from './primitives.js';
import { answerClient } from './server.js';
import { KIND, Session } from './session.js';

const REKEY_AFTER_MS = 120_000;
const NOTHING = new Uint8Array(0);
const random = new SeededRandom(20_261_123);
const draw = drawFrom(random);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Reads messages one at a time. */
function readerOf(duplex: Duplex): () => Promise<Uint8Array> {
  const iterator = duplex.messages[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await iterator.next();
    if (done === true) throw new Error('The connection has ended.');
    return value;
  };
}

/** Opens what comes until it is of this kind; PING is answered. */
async function nextOfKind(
  kind: number,
  session: Session,
  far: Duplex,
  read: () => Promise<Uint8Array>,
) {
  for (;;) {
    const message = session.open(await read());
    if (message.kind === KIND.ping) await far.send(session.seal(KIND.pong, NOTHING, 1));
    if (message.kind === kind) return message;
  }
}

interface Connected {
  readonly channel: Channel<unknown>;
  readonly session: Session;
  readonly far: Duplex;
  /** Opens what comes until it is of this kind. */
  readonly next: (kind: number) => Promise<Message>;
}

async function theyAnswer(): Promise<Connected> {
  const [near, far] = memoryDuplexPair();
  const read = readerOf(far);
  const seed = random.bytes(32);
  const opening = openChannel(near, clientOptions({ peerId: idOf(seed) }));
  const reply = answerClient({ seed, draw }, await read());
  await far.send(reply.msg2);
  const { msg4, keys, clientId } = reply.receive(await read());
  expect(clientId).toEqual(clientKey.id);
  await far.send(msg4);
  const session = new Session('server', { keys, draw });
  const next = (kind: number) => nextOfKind(kind, session, far, read);
  return { channel: await opening, session, far, next };
}

async function theyCall(): Promise<Connected> {
  const [near, far] = memoryDuplexPair();
  const read = readerOf(far);
  const opening = openChannel(near, serverOptions());
  const start = startClient({ seed: random.bytes(32), serverId: serverKey.id, draw });
  await far.send(start.msg1);
  const proof = start.receive(await read());
  await far.send(proof.msg3);
  const session = new Session('client', { keys: proof.receive(await read()), draw });
  const next = (kind: number) => nextOfKind(kind, session, far, read);
  return { channel: await opening, session, far, next };
}

test('as the server of a channel: handshake, texts, a rekey when it is time, an end in order', async () => {
  const { channel, session, far, next } = await theyAnswer();
  await channel.send(32, Uint8Array.of(1, 2, 3));
  expect(await next(32)).toMatchObject({ body: Uint8Array.of(1, 2, 3) });
  const rekeying = next(KIND.rekey1);
  await vi.advanceTimersByTimeAsync(REKEY_AFTER_MS);
  await rekeying;
  await far.send(session.answerRekey(1));
  await far.send(session.seal(33, Uint8Array.of(4), 1));
  expect(await nextOf(channel)).toMatchObject({ kind: 33, body: Uint8Array.of(4) });
  await channel.send(32, Uint8Array.of(5));
  expect(await next(32)).toMatchObject({ body: Uint8Array.of(5) });
  expect(session.epoch).toBe(1);

  const closing = channel.close();
  await next(KIND.close);
  await far.send(session.close(0, 1));
  expect(await closing).toEqual({ kind: 'closed_by_us', code: 0, allArrived: true });
});

test('as the server of a channel: REKEY_REQ, PING and CLOSE are answered', async () => {
  const { channel, session, far, next } = await theyAnswer();
  for (let epoch = 1; epoch <= 2; epoch += 1) {
    await far.send(session.requestRekey(1));
    await next(KIND.rekey1);
    await far.send(session.answerRekey(1));
    await far.send(session.seal(KIND.ping, NOTHING, 1));
    await next(KIND.pong);
    expect(session.epoch).toBe(epoch);
  }
  await far.send(session.close(1, 1));
  await next(KIND.close);
  expect(session.peerClose?.code).toBe(0);
  expect(await channel.closed).toEqual({ kind: 'closed_by_peer', code: 1, allArrived: true });
});

test('as the client of a channel: handshake, texts, rekeys of its own, an end in order', async () => {
  const { channel, session, far, next } = await theyCall();
  for (let epoch = 1; epoch <= 2; epoch += 1) {
    await far.send(session.startRekey(1));
    await next(KIND.rekey2);
    expect(session.epoch).toBe(epoch);
    await far.send(session.seal(32, Uint8Array.of(epoch), 1));
    expect(await nextOf(channel)).toMatchObject({ body: Uint8Array.of(epoch) });
    await channel.send(32, Uint8Array.of(epoch, epoch));
    expect(await next(32)).toMatchObject({ body: Uint8Array.of(epoch, epoch) });
  }
  await far.send(session.seal(KIND.ping, NOTHING, 1));
  await next(KIND.pong);

  await far.send(session.close(0, 1));
  await next(KIND.close);
  expect(await channel.closed).toEqual({ kind: 'closed_by_peer', code: 0, allArrived: true });
});

test('as the client of a channel: an end that the channel begins is in order too', async () => {
  const { channel, session, far, next } = await theyCall();
  await channel.send(32, Uint8Array.of(1));
  const closing = channel.close();
  expect(await next(32)).toMatchObject({ body: Uint8Array.of(1) });
  await next(KIND.close);
  await far.send(session.close(0, 1));
  expect(await closing).toEqual({ kind: 'closed_by_us', code: 0, allArrived: true });
});
