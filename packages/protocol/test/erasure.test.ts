// Secrets are overwritten when they are done with: every byte array that a back end has given out or been given as one.
import { describe, expect, test } from 'vitest';
import { portableBackend } from '../src/backend/portable.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { OwnKey } from '../src/identity-key/own-key.js';
import { entropyOf } from '../src/random-source.js';
import { answerRekey } from '../src/record/rekey/rekey-answer.js';
import { encodeRekeyBody } from '../src/record/rekey/rekey-body.js';
import { errorWith } from './pair.js';
import { watching } from './watched-secrets.js';

const psk = new Uint8Array(32).fill(5);

function connect(watched: ReturnType<typeof watching>) {
  const { backend, random } = watched;
  const clientKey = OwnKey.fromSeed(new Uint8Array(32).fill(1), backend);
  const serverKey = OwnKey.fromSeed(new Uint8Array(32).fill(2), backend);
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id, psk, random, backend });
  const invites = [{ key: 'an invite', psk }];
  const reply = awaitHandshake({ ownKey: serverKey, invites, random, backend }).receive(
    hello.message,
  );
  const proof = hello.next.receive(reply.message);
  const accepted = reply.next.receive(proof.message).accept();
  const keys = [clientKey, serverKey];
  return { keys, client: proof.next.receive(accepted.message), server: accepted.session };
}

/** What a session keeps, and both sides have: two chains, the root, the session's id. */
const KEPT = ['gravy/1 c2s', 'gravy/1 s2c', 'gravy/1 root', 'gravy/1 sid'] as const;
const keptBy = (sessions: number): readonly string[] =>
  Array.from({ length: sessions }, () => KEPT)
    .flat()
    .toSorted();

/** What is left, the derived keys by their labels alone: what follows those is random. */
function labels(leftOver: readonly string[]): readonly string[] {
  return leftOver.map((what) => KEPT.find((label) => what.startsWith(label)) ?? what).toSorted();
}

describe('secrets', () => {
  test('of a handshake are gone when it is done, but for the keys of the two sessions', () => {
    const watched = watching();
    const { keys } = connect(watched);
    expect(watched.count()).toBeGreaterThan(35);
    expect(labels(watched.leftOver())).toEqual(keptBy(2));
    expect(watched.livingPairs()).toBe(4);
    for (const key of keys) key.erase();
    expect(watched.livingPairs()).toBe(0);
    expect(psk).toEqual(new Uint8Array(32).fill(5));
  });

  test('of records and rekeys are gone with each, and the rest with the session', () => {
    const watched = watching();
    const { client, server } = connect(watched);
    const frames = [client.seal(32, psk, 1), client.sealRekeyStart(1), client.seal(32, psk, 1)];
    for (const frame of frames) server.open(frame);
    client.open(server.sealRekeyAnswer(1));
    server.open(client.seal(32, psk, 1));
    // Chains and roots are parts of longer outputs now; what is left belongs to the sessions.
    const kept = watched.leftOver();
    expect(
      kept.filter((what) => what.startsWith('rekey.') || what === 'DH' || what === 'ss'),
    ).toEqual([]);
    client.erase();
    server.erase();
    expect(watched.leftOver()).toEqual([]);
    expect(watched.livingPairs()).toBe(4);
  });

  test('of a rekey under way are gone with the session, on either side', () => {
    for (const isAnswered of [false, true]) {
      const watched = watching();
      const { client, server } = connect(watched);
      server.open(client.sealRekeyStart(1));
      if (isAnswered) server.sealRekeyAnswer(1);
      client.erase();
      server.erase();
      expect(watched.leftOver()).toEqual([]);
      expect(watched.livingPairs()).toBe(4);
    }
  });

  test('of a rekey that comes too late to be started are gone at once', () => {
    const watched = watching();
    const { client } = connect(watched);
    client.sealClose(0, 1);
    expect(() => client.sealRekeyStart(1)).toThrow(errorWith('session_over'));
    expect(watched.livingPairs()).toBe(4);
  });

  test('of an attempt that fails, or is given up, are gone with it', () => {
    const watched = watching();
    const { backend, random } = watched;
    const ownKey = OwnKey.fromSeed(new Uint8Array(32).fill(1), backend);
    const options = { ownKey, random, backend };
    const hello = startHandshake({ ...options, peerId: ownKey.id, psk });
    const reply = awaitHandshake(options).receive(hello.message);
    expect(() => hello.next.receive(reply.message)).toThrow(errorWith('peer_not_authentic'));
    reply.next.erase();
    startHandshake({ ...options, peerId: ownKey.id }).next.erase();
    expect(watched.leftOver()).toEqual([]);
    expect(watched.livingPairs()).toBe(2);
  });

  test('of a REKEY1 whose ML-KEM key nobody can own are gone at once', () => {
    const watched = watching();
    const ephemeralKey = portableBackend.agreementKeyPair().publicKey;
    const kemPart = new Uint8Array(1_184).fill(0xff);
    const rekey1 = encodeRekeyBody({ epoch: 1, ephemeralKey, kemPart });
    const zeros = new Uint8Array(32);
    const session = { root: zeros, sessionId: zeros, epoch: 1 };
    expect(answerRekey(entropyOf(watched.backend, watched.random), session, rekey1)).toBe(
      undefined,
    );
    expect(watched.leftOver()).toEqual([]);
  });

  test('of a rejected record are gone with the session', () => {
    const watched = watching();
    const { client, server } = connect(watched);
    const frame = client.seal(32, psk, 1);
    frame.set([(frame[20] ?? 0) ^ 1], 20);
    expect(() => server.open(frame)).toThrow(errorWith('record_rejected'));
    client.erase();
    expect(watched.leftOver()).toEqual([]);
  });
});
