// What the package publishes for other implementations, played by this one, and made anew.
import { describe, expect, test } from 'vitest';
import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { ProtocolError } from '../src/errors.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { entropyOf } from '../src/random-source.js';
import { ClientSession } from '../src/record/client-session.js';
import { ServerSession } from '../src/record/server-session.js';
import type { HandshakeVector } from '../vectors/handshake-vector.ts';
import type { SessionVector } from '../vectors/scene.ts';
import { vectorsText } from '../vectors/generate.ts';
import { allBackends } from './backends.js';
import { clientOf, randomOf, serverOf, vectors, vectorsOnDisk } from './published-handshake.js';
import { fromHex, toHex } from './vector-file.js';

/** What one side does with message `number`, which it must make or take. */
type Turn = (message: Uint8Array) => void;

function clientTurns(vector: HandshakeVector, backend: CryptoBackend): readonly Turn[] {
  const hello = startHandshake(clientOf(vector, backend));
  let proof: ReturnType<typeof hello.next.receive> | undefined;
  return [
    (message) => expect(toHex(hello.message)).toBe(toHex(message)),
    (message) => {
      proof = hello.next.receive(message);
    },
    (message) => expect(toHex(proof?.message ?? message.subarray(1))).toBe(toHex(message)),
    (message) => {
      const session = proof?.next.receive(message);
      expect(toHex(session?.peerId ?? message)).toBe(vector.server.id);
    },
  ];
}

function serverTurns(vector: HandshakeVector, backend: CryptoBackend): readonly Turn[] {
  const waiting = awaitHandshake(serverOf(vector, backend));
  let reply: ReturnType<typeof waiting.receive> | undefined;
  let proven: ReturnType<NonNullable<typeof reply>['next']['receive']> | undefined;
  return [
    (message) => {
      reply = waiting.receive(message);
    },
    (message) => expect(toHex(reply?.message ?? message.subarray(1))).toBe(toHex(message)),
    (message) => {
      proven = reply?.next.receive(message);
      expect(toHex(proven?.peerId ?? message)).toBe(vector.client.id);
      expect(proven?.invite).toBe(vector.client.psk);
    },
    (message) =>
      expect(toHex(proven?.accept().message ?? message.subarray(1))).toBe(toHex(message)),
  ];
}

function playHandshake(vector: HandshakeVector, backend: CryptoBackend): void {
  const roles = vector.for === undefined ? (['client', 'server'] as const) : [vector.for];
  for (const role of roles) {
    const turns = (role === 'client' ? clientTurns : serverTurns)(vector, backend);
    const last = vector.messages.length - 1;
    for (const [index, message] of vector.messages.entries()) {
      const turn = (): void => turns[index]?.(fromHex(message));
      if (index === last && vector.fault !== undefined) expect(turn).toThrow(ProtocolError);
      else turn();
    }
  }
}

function sessionOf(
  { role, keys, draws }: SessionVector,
  backend: CryptoBackend,
): ClientSession | ServerSession {
  const key = (name: string): Uint8Array => fromHex(keys[name] ?? '');
  const secrets = {
    clientToServer: key('c2s_0'),
    serverToClient: key('s2c_0'),
    root: key('rk_0'),
    sessionId: key('sid'),
  };
  const entropy = entropyOf(backend, randomOf(draws));
  const peerId = new Uint8Array(32);
  return role === 'client'
    ? new ClientSession(peerId, entropy, secrets)
    : new ServerSession(peerId, entropy, secrets);
}

function sealedBy(
  session: ClientSession | ServerSession,
  kind: number,
  body: Uint8Array,
  timeMs: number,
): Uint8Array {
  if (kind === 31) return session.sealClose(body[1] === 7 ? 7 : 0, timeMs);
  if (kind === 16 && session.role === 'client') return session.sealRekeyStart(timeMs);
  if (kind === 17 && session.role === 'server') return session.sealRekeyAnswer(timeMs);
  if (kind === 18 && session.role === 'server') return session.sealRekeyRequest(timeMs);
  return session.seal(kind, body, timeMs);
}

function playSession(vector: SessionVector, backend: CryptoBackend): void {
  const session = sessionOf(vector, backend);
  for (const { do: action, kind = 0, timeMs = 0, body, frame } of vector.steps) {
    const bytes = fromHex(frame);
    if (action === 'refuse') {
      expect(() => session.open(bytes)).toThrow(
        expect.objectContaining({ code: 'record_rejected' }),
      );
    } else if (action === 'receive') {
      const record = session.open(bytes);
      expect([record.kind, record.timeMs]).toEqual([kind, timeMs]);
      if (body !== undefined) expect(toHex(record.body)).toBe(body);
    } else {
      expect(toHex(sealedBy(session, kind, fromHex(body ?? ''), timeMs))).toBe(frame);
    }
  }
  const refused = vector.steps.filter((step) => step.do === 'refuse');
  expect(refused).toHaveLength(vector.fault === undefined ? 0 : 1);
}

test('there are as many as promised, with names of their own', () => {
  const { handshake, record, rekey } = vectors;
  expect(handshake.length).toBeGreaterThanOrEqual(60);
  expect(record.length).toBeGreaterThanOrEqual(20);
  expect(rekey.length).toBeGreaterThanOrEqual(12);
  const names = [...handshake, ...record, ...rekey].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(allBackends)('with the $name back end', (backend) => {
  test.each(vectors.handshake)('handshake: $name', (vector) => {
    playHandshake(vector, backend);
  });

  test.each([...vectors.record, ...vectors.rekey])('session: $name', (vector) => {
    playSession(vector, backend);
  });
});

test('the generator gives this file again', () => {
  expect(vectorsText() === vectorsOnDisk).toBe(true);
});
