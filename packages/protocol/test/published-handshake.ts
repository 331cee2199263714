// A published handshake vector as the options of either side.
import { readFileSync } from 'node:fs';
import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import type { ServerHandshakeOptions } from '../src/handshake/await-handshake.js';
import type { ClientHandshakeOptions } from '../src/handshake/start-handshake.js';
import { OwnKey } from '../src/identity-key/own-key.js';
import type { RandomSource } from '../src/random-source.js';
import type { HandshakeVector } from '../vectors/handshake-vector.ts';
import type { SessionVector } from '../vectors/scene.ts';
import { fromHex } from './vector-file.js';

export const vectorsOnDisk = readFileSync(new URL('../vectors.json', import.meta.url), 'utf8');

interface Vectors {
  readonly handshake: readonly HandshakeVector[];
  readonly record: readonly SessionVector[];
  readonly rekey: readonly SessionVector[];
}
export const vectors = JSON.parse(vectorsOnDisk) as Vectors;

export function randomOf(draws: Readonly<Record<string, string>>): RandomSource {
  return (draw) => fromHex(draws[draw] ?? '');
}

export function clientOf(vector: HandshakeVector, backend: CryptoBackend): ClientHandshakeOptions {
  const { seed, psk } = vector.client;
  return {
    ownKey: OwnKey.fromSeed(fromHex(seed), backend),
    peerId: fromHex(vector.server.id),
    psk: psk === undefined ? undefined : fromHex(psk),
    random: randomOf(vector.draws),
    backend,
  };
}

/** Each invite is known by its own secret. */
export function serverOf(
  { server, draws }: HandshakeVector,
  backend: CryptoBackend,
): ServerHandshakeOptions<string> {
  return {
    ownKey: OwnKey.fromSeed(fromHex(server.seed), backend),
    invites: server.invites.map((psk) => ({ key: psk, psk: fromHex(psk) })),
    random: randomOf(draws),
    backend,
  };
}
