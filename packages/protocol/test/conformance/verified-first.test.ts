// Whether a client is welcome is asked once its message 3 has been verified, and not before: Spec 2.6.
import { expect, test, vi } from 'vitest';
import { openChannel } from '../../src/channel/open-channel.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import { nodeBackend } from '../../src/backend/node/node.js';
import { MemoryDuplex } from '../memory-pair.js';
import { serverOptions } from '../open-pair.js';
import { clientKey, errorWith, serverKey } from '../pair.js';

/** Dials by hand, with message 3 changed on its way; gives how the server fared and what it was asked. */
async function dialWith(change: (proof: Uint8Array) => void): Promise<{
  readonly failure: unknown;
  readonly asked: number;
  readonly verified: number;
}> {
  const verify = vi.spyOn(nodeBackend, 'unsafeVerifyLoosely');
  const authorize = vi.fn<() => boolean>(() => false);
  const [far, near] = MemoryDuplex.pair();
  const opening = openChannel(near, serverOptions({ authorize })).catch((error: unknown) => error);
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
  await far.send(hello.message);
  const reply = await far.messages[Symbol.asyncIterator]().next();
  const proof = hello.next.receive(reply.value ?? new Uint8Array(0)).message;
  change(proof);
  const before = verify.mock.calls.length;
  await far.send(proof);
  const failure = await opening;
  const verified = verify.mock.calls.length - before;
  verify.mockRestore();
  return { failure, asked: authorize.mock.calls.length, verified };
}

test('a message 3 that does not verify is dropped before anybody is asked', async () => {
  const changed = await dialWith((proof) => proof.set([(proof[100] ?? 0) ^ 1], 100));
  expect(changed).toEqual({ failure: errorWith('peer_not_authentic'), asked: 0, verified: 0 });
});

test('the signature of somebody who is not welcome is verified all the same, and then it is asked', async () => {
  const refused = await dialWith(() => undefined);
  expect(refused).toEqual({ failure: errorWith('not_accepted'), asked: 1, verified: 1 });
});
