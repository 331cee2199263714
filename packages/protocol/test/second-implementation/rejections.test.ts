// What the one refuses, the other refuses too.
import { fuzz, mutate, type SeededRandom } from '@gravy/testing';
import { expect, test } from 'vitest';
import { nodeBackend } from '../../src/backend/node/node.js';
import { ProtocolError } from '../../src/errors.js';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import { verifyMessageStrict } from '../../src/identity-key/verify-strict.js';
import { clientKey, serverKey } from '../pair.js';
import { withTorsion } from '../trials/torsion.js';
import { client, server } from './handshake.js';
import { draw, given, returned, theyCall, weCall } from './interoperate.js';
import { idOf, Refused, verifyStrict } from './primitives.js';

const seeds = { client: new Uint8Array(32).fill(1), server: new Uint8Array(32).fill(2) };

function accepts(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (error instanceof Refused || error instanceof ProtocolError) return false;
    throw error;
  }
}

/** Changed on the wire; the one in its first message may also become somebody else's, which both then take. */
function changed(random: SeededRandom, honest: Uint8Array): Uint8Array {
  const other = mutate(random, honest);
  return Buffer.from(other).equals(honest) ? other.subarray(1) : other;
}

const places = {
  'message 1': (random: SeededRandom) => {
    const input = changed(
      random,
      given(client({ seed: seeds.client, serverId: serverKey.id, draw }).next()),
    );
    const theirs = server({ seed: seeds.server, draw });
    theirs.next();
    return [
      accepts(() => awaitHandshake({ ownKey: serverKey }).receive(input)),
      accepts(() => theirs.next(input)),
    ];
  },
  'message 2': (random: SeededRandom) => {
    const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
    const answering = server({ seed: seeds.server, draw });
    answering.next();
    const forUs = changed(random, given(answering.next(hello.message)));
    const calling = client({ seed: seeds.client, serverId: serverKey.id, draw });
    const reply = awaitHandshake({ ownKey: serverKey }).receive(given(calling.next()));
    const forThem = changed(random, reply.message);
    return [accepts(() => hello.next.receive(forUs)), accepts(() => calling.next(forThem))];
  },
  'message 3': (random: SeededRandom) => {
    const calling = client({ seed: seeds.client, serverId: serverKey.id, draw });
    const reply = awaitHandshake({ ownKey: serverKey }).receive(given(calling.next()));
    const forUs = changed(random, given(calling.next(reply.message)));
    const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
    const answering = server({ seed: seeds.server, draw });
    answering.next();
    const proof = hello.next.receive(given(answering.next(hello.message)));
    const forThem = changed(random, proof.message);
    return [accepts(() => reply.next.receive(forUs)), accepts(() => answering.next(forThem))];
  },
  'message 4': (random: SeededRandom) => {
    const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
    const answering = server({ seed: seeds.server, draw });
    answering.next();
    const proof = hello.next.receive(given(answering.next(hello.message)));
    const forUs = changed(random, returned(answering.next(proof.message)).msg4);
    const calling = client({ seed: seeds.client, serverId: serverKey.id, draw });
    const reply = awaitHandshake({ ownKey: serverKey }).receive(given(calling.next()));
    const proven = reply.next.receive(given(calling.next(reply.message)));
    const forThem = changed(random, proven.accept().message);
    return [accepts(() => proof.next.receive(forUs)), accepts(() => calling.next(forThem))];
  },
  'a record': (random: SeededRandom) => {
    const { ours, theirs } = random.oneIn(2) ? theyCall(nodeBackend) : weCall(nodeBackend);
    const body = random.bytes(random.below(300));
    const [forUs, forThem] = [
      changed(random, theirs.seal(32, body, 1)),
      changed(random, ours.seal(32, body, 1)),
    ];
    return [accepts(() => ours.open(forUs)), accepts(() => theirs.open(forThem))];
  },
};

test.each(Object.entries(places))(
  '%s that was changed on the way is refused by both',
  async (_name, place) => {
    let refused = 0;
    await fuzz(
      {
        name: 'rejection',
        attempt: (random) => {
          const [ours, theirs] = place(random);
          expect([ours, theirs]).toEqual([false, false]);
          refused += 1;
        },
      },
      40,
      20_261_123,
    );
    expect(refused).toBe(40);
  },
);

test('signatures, with torsion and without, are judged alike', async () => {
  const seen = new Map<boolean, number>();
  const attempt = (random: SeededRandom): void => {
    const message = random.bytes(20);
    const { id, signature } = withTorsion(random, random.bytes(32), message);
    const input = random.oneIn(3) ? changed(random, signature) : signature;
    const verdict = verifyMessageStrict(id, message, input, nodeBackend);
    expect(verifyStrict(id, message, input)).toBe(verdict);
    seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
  };
  await fuzz({ name: 'signature', attempt }, 150, 20_261_123);
  expect(seen.size).toBe(2);
  expect(idOf(seeds.client)).toEqual(clientKey.id);
});
