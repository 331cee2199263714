// The two implementations against each other: a handshake that gives a session of each. "Ours" is the package's, "theirs"
// the second implementation's.
import type { SeededRandom } from '@gravy/testing';
import {
  awaitHandshake,
  OwnKey,
  startHandshake,
  type ClientSession,
  type CryptoBackend,
  type ServerSession,
} from '../../src/index.js';
import { startClient } from './client.js';
import { idOf, same } from './primitives.js';
import type { Draw } from './schedule.js';
import { answerClient } from './server.js';
import { Session } from './session.js';

/** What the second implementation draws; the package draws for itself. */
export function drawFrom(random: SeededRandom): Draw {
  return (_name, length) => random.bytes(length);
}

export interface Interop<S> {
  readonly ours: S;
  readonly theirs: Session;
}

export interface InteropOptions {
  readonly backend: CryptoBackend;
  readonly random: SeededRandom;
  readonly psk?: Uint8Array | undefined;
  /** What the second implementation claims to be able to. */
  readonly features?: Uint8Array;
}

function requireSame(one: Uint8Array, other: Uint8Array): void {
  if (!same(one, other)) throw new Error('Somebody else was proven.');
}

/** The second implementation calls. */
export function theyCall({
  backend,
  random,
  psk,
  features,
}: InteropOptions): Interop<ServerSession> {
  const [seed, draw] = [random.bytes(32), drawFrom(random)];
  const ownKey = OwnKey.fromSeed(random.bytes(32), backend);
  const others = [1, 2].map((fill) => ({ key: 'another', psk: new Uint8Array(32).fill(fill) }));
  const invites = psk ? [...others, { key: 'this one', psk }] : others;
  const start = startClient({ seed, serverId: ownKey.id, draw, psk, features });
  const reply = awaitHandshake({ ownKey, invites, backend }).receive(start.msg1);
  const proof = start.receive(reply.message);
  const proven = reply.next.receive(proof.msg3);
  requireSame(proven.peerId, idOf(seed));
  if (proven.invite !== (psk && 'this one')) throw new Error('Another invite was found.');
  const { message, session } = proven.accept();
  return { ours: session, theirs: new Session('client', { keys: proof.receive(message), draw }) };
}

/** The second implementation answers. */
export function weCall({ backend, random, psk, features }: InteropOptions): Interop<ClientSession> {
  const [seed, draw] = [random.bytes(32), drawFrom(random)];
  const ownKey = OwnKey.fromSeed(random.bytes(32), backend);
  const invites = [new Uint8Array(32).fill(1), ...(psk ? [psk] : [])];
  const hello = startHandshake({ ownKey, peerId: idOf(seed), psk, backend });
  const reply = answerClient({ seed, draw, invites, features }, hello.message);
  const proof = hello.next.receive(reply.msg2);
  const accepted = reply.receive(proof.message);
  requireSame(accepted.clientId, ownKey.id);
  if (accepted.psk !== psk) throw new Error('Another invite was found.');
  const ours = proof.next.receive(accepted.msg4);
  return { ours, theirs: new Session('server', { keys: accepted.keys, draw }) };
}
