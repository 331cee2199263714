import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { nodeBackend } from '../src/backend/node/node.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { openPair } from './open-pair.js';
import { keyOf } from './pair.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The node back end, and every secret it is given or gives, in halves of 16 bytes. */
function listening(): { readonly backend: CryptoBackend; readonly secrets: Set<string> } {
  const secrets = new Set<string>();
  const note = (bytes: Uint8Array): Uint8Array => {
    for (let at = 0; at + 16 <= bytes.length; at += 16)
      secrets.add(hex(bytes.subarray(at, at + 16)));
    return bytes;
  };
  const backend: CryptoBackend = {
    ...nodeBackend,
    hkdfSha256: (salt, inputKey, info, length) => {
      const derived = nodeBackend.hkdfSha256(salt, inputKey, info, length);
      // What is derived from the id alone is known to whoever knows the id.
      const label = Buffer.from(info).toString('latin1');
      return label.startsWith('gravy/1 mac1') || label.startsWith('gravy/1 hint')
        ? derived
        : note(derived);
    },
    chacha20Block: (key, nonce) => note(nodeBackend.chacha20Block(key, nonce)),
    seedToAgreementSecret: (seed) => note(nodeBackend.seedToAgreementSecret(seed)),
    signingKeyPair: (seed) => nodeBackend.signingKeyPair(note(seed)),
    agreementKeyPair: (secret = nodeBackend.randomBytes(32)) =>
      nodeBackend.agreementKeyPair(note(secret)),
    kemKeyPair: (seed = nodeBackend.randomBytes(64)) => nodeBackend.kemKeyPair(note(seed)),
  };
  return { backend, secrets };
}

/** Every byte array that can be reached by properties, getters and iteration of plain containers. */
function reachableBytes(root: unknown): readonly Uint8Array[] {
  const seen = new Set<unknown>();
  const found: Uint8Array[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Uint8Array) {
      found.push(new Uint8Array(value.buffer));
      return;
    }
    for (let holder: object | null = value; holder; holder = Reflect.getPrototypeOf(holder)) {
      const keys = Reflect.ownKeys(holder).filter((key) => key !== '__proto__');
      for (const key of keys) visit(Reflect.get(holder, key, value));
    }
  };
  visit(root);
  return found;
}

test('no secret can be reached from a key, a step, a session or a channel, nor seen in them', async () => {
  const { backend, secrets } = listening();
  const [clientKey, serverKey] = [keyOf(1, backend), keyOf(2, backend)];
  const psk = new Uint8Array(32).fill(0x5a);
  const options = { ownKey: clientKey, peerId: serverKey.id, psk, backend };
  const invites = [{ key: 'invite', psk }];

  const first = startHandshake(options);
  const waiting = awaitHandshake({ ownKey: serverKey, invites: () => invites, backend });
  const reply = waiting.receive(first.message);
  const proof = first.next.receive(reply.message);
  const proven = reply.next.receive(proof.message);
  const accepted = proven.accept();
  const client = proof.next.receive(accepted.message);
  const server = accepted.session;
  const start = client.sealRekeyStart(1);
  server.open(start);
  client.open(server.sealRekeyAnswer(1));
  const pair = await openPair(options, { ownKey: serverKey, invites, backend });

  const objects = {
    clientKey,
    clientAwaitingReply: startHandshake(options).next,
    serverAwaitingHello: waiting,
    serverAwaitingProof: reply.next,
    clientAwaitingAcceptance: proof.next,
    proven,
    client,
    server,
    clientChannel: pair.client,
    serverChannel: pair.server,
  };
  expect(secrets.size).toBeGreaterThan(40);
  for (const [name, object] of Object.entries(objects)) {
    const seen = reachableBytes(object).map((bytes) => hex(bytes));
    const shown = [
      inspect(object, { showHidden: true, depth: 9, maxArrayLength: 10_000 }),
      JSON.stringify(object),
    ];
    // Bytes are shown in many ways: as hex by Buffer, as numbers by arrays, as keys and numbers by JSON.
    const numbers = shown.join().replaceAll(/[^\d]+/gu, ' ');
    for (const secret of secrets) {
      const decimal = [...Buffer.from(secret, 'hex')].join(' ');
      expect(
        seen.some((bytes) => bytes.includes(secret)),
        name,
      ).toBe(false);
      expect(
        shown.some((text) => text.includes(secret)),
        name,
      ).toBe(false);
      expect(numbers.includes(decimal), name).toBe(false);
    }
  }
  await Promise.all([pair.client.close(), pair.server.closed]);
});

test('the search above finds what is there', () => {
  const secret = new Uint8Array(16).fill(7);
  class Leaky {
    get key(): { readonly secret: Uint8Array } {
      return { secret };
    }
  }
  expect(reachableBytes([new Leaky()]).map((bytes) => hex(bytes))).toEqual([hex(secret)]);
});
