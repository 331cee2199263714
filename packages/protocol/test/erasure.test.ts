// Secrets are overwritten when they are done with: every byte array that a back end has given out or been given as one.
import { describe, expect, test } from 'vitest';
import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { portableBackend } from '../src/backend/portable.js';
import { isAllZero } from '../src/bytes.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { OwnKey } from '../src/identity-key/own-key.js';
import type { RandomDraw } from '../src/random-source.js';
import { errorWith } from './pair.js';

const PUBLIC_LABELS = /^gravy\/1 (?:mac1|hint|path)/u;
const PUBLIC_DRAWS = new Set<string>(['client.hint', 'client.nonce', 'server.nonce']);
const psk = new Uint8Array(32).fill(5);

/** A portable back end and a random source that remember every secret array, by what it is. */
function watching() {
  const secrets: { readonly what: string; readonly bytes: Uint8Array }[] = [];
  const watch = (what: string, bytes: Uint8Array): Uint8Array => {
    secrets.push({ what, bytes });
    return bytes;
  };
  let erasedPairs = 0;
  const erasing = <P extends { erase(): void }>(pair: P): P => ({
    ...pair,
    erase: () => {
      erasedPairs += 1;
      pair.erase();
    },
  });
  let pairs = 0;
  const backend: CryptoBackend = {
    ...portableBackend,
    hkdfSha256: (salt, inputKey, info, length) => {
      const label = Buffer.from(info).toString('latin1');
      const output = portableBackend.hkdfSha256(salt, inputKey, info, length);
      if (PUBLIC_LABELS.test(label)) return output;
      if (inputKey.length > 0) watch(`input of ${label.slice(0, 13)}`, inputKey);
      return watch(label.slice(0, 13), output);
    },
    chacha20Block: (key, nonce) => watch('chain block', portableBackend.chacha20Block(key, nonce)),
    aeadSeal: (key, nonce, associatedData, plaintext) => {
      watch('sealing key', key);
      return portableBackend.aeadSeal(key, nonce, associatedData, plaintext);
    },
    aeadOpen: (key, nonce, associatedData, sealed) => {
      watch('opening key', key);
      return portableBackend.aeadOpen(key, nonce, associatedData, sealed);
    },
    seedToAgreementSecret: (seed) => watch('xs', portableBackend.seedToAgreementSecret(seed)),
    agreementKeyPair: (secret) => {
      pairs += 1;
      const pair = erasing(portableBackend.agreementKeyPair(secret));
      return { ...pair, agree: (publicKey) => watch('DH', pair.agree(publicKey)) };
    },
    kemKeyPair: (seed) => {
      pairs += 1;
      const pair = erasing(portableBackend.kemKeyPair(seed));
      return { ...pair, decapsulate: (ciphertext) => watch('ss', pair.decapsulate(ciphertext)) };
    },
    kemEncapsulate: (key, seed) => {
      const result = portableBackend.kemEncapsulate(key, seed);
      watch('ss', result.sharedSecret);
      return result;
    },
    signingKeyPair: (seed) => {
      pairs += 1;
      return erasing(portableBackend.signingKeyPair(seed));
    },
  };
  const random = (draw: RandomDraw, length: number): Uint8Array => {
    const bytes = portableBackend.randomBytes(length);
    return PUBLIC_DRAWS.has(draw) ? bytes : watch(draw, bytes);
  };
  return {
    backend,
    random,
    leftOver: () => secrets.filter(({ bytes }) => !isAllZero(bytes)).map(({ what }) => what),
    count: () => secrets.length,
    livingPairs: () => pairs - erasedPairs,
  };
}

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
