// The second implementation at the far end of a channel, which must not notice.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openChannel } from '../../src/channel/open-channel.js';
import type { Duplex } from '../../src/channel/duplex.js';
import { memoryDuplexPair } from '../../src/duplex/memory-duplex.js';
import { clientKey, serverKey } from '../pair.js';
import { clientOptions, nextOf, serverOptions } from '../open-pair.js';
import { client, server } from './handshake.js';
import { draw, given, returned } from './interoperate.js';
import { idOf } from './primitives.js';
import { KIND, Session } from './session.js';

const REKEY_AFTER_MS = 120_000;
const NOTHING = new Uint8Array(0);

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

test('as the server of a channel: handshake, texts, a rekey when it is time, an end in order', async () => {
  const [near, far] = memoryDuplexPair();
  const read = readerOf(far);
  const seed = new Uint8Array(randomBytes(32));
  const opening = openChannel(near, clientOptions({ peerId: idOf(seed) }));
  const answering = server({ seed, draw });
  answering.next();
  await far.send(given(answering.next(await read())));
  const { msg4, keys, clientId } = returned(answering.next(await read()));
  await far.send(msg4);
  const channel = await opening;
  const session = new Session('server', keys, draw);
  expect(clientId).toEqual(clientKey.id);

  await channel.send(32, Uint8Array.of(1, 2, 3));
  expect(await nextOfKind(32, session, far, read)).toMatchObject({ body: Uint8Array.of(1, 2, 3) });
  const rekeying = nextOfKind(KIND.rekey1, session, far, read);
  await vi.advanceTimersByTimeAsync(REKEY_AFTER_MS);
  await rekeying;
  await far.send(session.answerRekey(1));
  await far.send(session.seal(33, Uint8Array.of(4), 1));
  expect(await nextOf(channel)).toMatchObject({ kind: 33, body: Uint8Array.of(4) });
  await channel.send(32, Uint8Array.of(5));
  expect(await nextOfKind(32, session, far, read)).toMatchObject({ body: Uint8Array.of(5) });
  expect(session.epoch).toBe(1);

  const closing = channel.close();
  await nextOfKind(KIND.close, session, far, read);
  await far.send(session.close(0, 1));
  expect(await closing).toEqual({ kind: 'closed_by_us', code: 0, allArrived: true });
});

test('as the client of a channel: handshake, texts, rekeys of its own, an end in order', async () => {
  const [near, far] = memoryDuplexPair();
  const read = readerOf(far);
  const opening = openChannel(near, serverOptions());
  const calling = client({ seed: new Uint8Array(randomBytes(32)), serverId: serverKey.id, draw });
  await far.send(given(calling.next()));
  await far.send(given(calling.next(await read())));
  const keys = returned(calling.next(await read()));
  const channel = await opening;
  const session = new Session('client', keys, draw);

  for (let epoch = 1; epoch <= 2; epoch += 1) {
    await far.send(session.startRekey(1));
    await nextOfKind(KIND.rekey2, session, far, read);
    expect(session.epoch).toBe(epoch);
    await far.send(session.seal(32, Uint8Array.of(epoch), 1));
    expect(await nextOf(channel)).toMatchObject({ body: Uint8Array.of(epoch) });
    await channel.send(32, Uint8Array.of(epoch, epoch));
    expect(await nextOfKind(32, session, far, read)).toMatchObject({
      body: Uint8Array.of(epoch, epoch),
    });
  }
  await far.send(session.seal(KIND.ping, NOTHING, 1));
  await nextOfKind(KIND.pong, session, far, read);

  await far.send(session.close(0, 1));
  await nextOfKind(KIND.close, session, far, read);
  expect(await channel.closed).toEqual({ kind: 'closed_by_peer', code: 0, allArrived: true });
});
