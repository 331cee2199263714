// The two implementations against each other: a handshake that gives a session of each.
import { randomBytes } from 'node:crypto';
import type { CryptoBackend } from '../../src/backend/crypto-backend.js';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import { OwnKey } from '../../src/identity-key/own-key.js';
import type { ClientSession } from '../../src/record/client-session.js';
import type { ServerSession } from '../../src/record/server-session.js';
import { client, server, type Draw } from './handshake.js';
import { idOf } from './primitives.js';
import { Session } from './session.js';

export const draw: Draw = (_name, length) => new Uint8Array(randomBytes(length));

/** What a generator gave, whether it is done or not. */
export function given<T>(result: IteratorResult<Uint8Array, T>): Uint8Array {
  if (result.done === true) throw new Error('It is done already.');
  return result.value;
}

export function returned<T>(result: IteratorResult<Uint8Array, T>): T {
  if (result.done !== true) throw new Error('It is not done.');
  return result.value;
}

export interface Interop<S> {
  readonly ours: S;
  readonly theirs: Session;
}

/** The second implementation calls. */
export function theyCall(backend: CryptoBackend, psk?: Uint8Array): Interop<ServerSession> {
  const [seed, ownSeed] = [draw('', 32), draw('', 32)];
  const ownKey = OwnKey.fromSeed(ownSeed, backend);
  const others = [1, 2].map((fill) => ({ key: 'another', psk: new Uint8Array(32).fill(fill) }));
  const invites = psk ? [...others, { key: 'this one', psk }] : others;
  const calling = client({ seed, serverId: ownKey.id, draw, ...(psk ? { psk } : {}) });
  const reply = awaitHandshake({ ownKey, invites, backend }).receive(given(calling.next()));
  const proven = reply.next.receive(given(calling.next(reply.message)));
  if (!Buffer.from(proven.peerId).equals(idOf(seed))) throw new Error('Somebody else was proven.');
  if (proven.invite !== (psk ? 'this one' : undefined))
    throw new Error('Another invite was found.');
  const { message, session } = proven.accept();
  const keys = returned(calling.next(message));
  return { ours: session, theirs: new Session('client', keys, draw) };
}

/** The second implementation answers. */
export function weCall(backend: CryptoBackend, psk?: Uint8Array): Interop<ClientSession> {
  const seed = draw('', 32);
  const ownKey = OwnKey.fromSeed(draw('', 32), backend);
  const answering = server({
    seed,
    draw,
    invites: [new Uint8Array(32).fill(1), ...(psk ? [psk] : [])],
  });
  answering.next();
  const hello = startHandshake({ ownKey, peerId: idOf(seed), psk, backend });
  const proof = hello.next.receive(given(answering.next(hello.message)));
  const accepted = returned(answering.next(proof.message));
  if (!Buffer.from(accepted.clientId).equals(ownKey.id))
    throw new Error('Somebody else was proven.');
  if (accepted.psk !== psk) throw new Error('Another invite was found.');
  return {
    ours: proof.next.receive(accepted.msg4),
    theirs: new Session('server', accepted.keys, draw),
  };
}
