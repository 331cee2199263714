// What the types forbid or cannot tell: callers in plain JavaScript, and Buffers, whose `slice` is no copy.
import { describe, expect, test } from 'vitest';
import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { nodeBackend } from '../src/backend/node/node.js';
import { copyBytes } from '../src/bytes.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { OwnKey } from '../src/identity-key/own-key.js';
import { assertPeerId } from '../src/identity-key/peer-id.js';
import { verifyStrict } from '../src/identity-key/verify-strict.js';
import { upgradePath } from '../src/upgrade-path.js';
import { allBackends } from './backends.js';
import { openPair } from './open-pair.js';
import { areConnected, clientKey, errorWith, runHandshake, serverKey } from './pair.js';

/** Of 32 elements each, so that no length gives them away. */
const NO_BYTES = {
  'a string': '1'.repeat(32),
  'an array': Array.from({ length: 32 }, () => 1),
  'an ArrayBuffer': new ArrayBuffer(32),
  'a DataView': new DataView(new ArrayBuffer(32)),
  'other numbers': new Uint16Array(32).fill(258),
  'like an array': { length: 32 },
  nothing: undefined,
};
const misuse = errorWith('misuse');

describe.each(Object.entries(NO_BYTES))('in place of bytes, %s', (_what, value) => {
  const wrong = value as Uint8Array;

  test.each(allBackends)('is no seed, $name', (backend) => {
    expect(() => OwnKey.fromSeed(wrong, backend)).toThrow(misuse);
    expect(() => backend.signingKeyPair(wrong)).toThrow(misuse);
  });

  test('is no id, no signature and nothing to sign', () => {
    const { id } = clientKey;
    const body = Uint8Array.of(1);
    const signature = clientKey.sign('A test', body);
    expect(() => assertPeerId(wrong)).toThrow(misuse);
    expect(() => upgradePath(wrong)).toThrow(misuse);
    expect(() => startHandshake({ ownKey: clientKey, peerId: wrong })).toThrow(misuse);
    expect(() => clientKey.sign('A test', wrong)).toThrow(misuse);
    expect(() => verifyStrict({ id: wrong, context: 'A test', body, signature })).toThrow(misuse);
    expect(() => verifyStrict({ id, context: 'A test', body: wrong, signature })).toThrow(misuse);
    expect(() => verifyStrict({ id, context: 'A test', body, signature: wrong })).toThrow(misuse);
  });

  test('is no secret of an invite', () => {
    const invites = [{ key: 0, psk: wrong }];
    expect(() => runHandshake({}, { invites })).toThrow(misuse);
    if (value !== undefined) expect(() => runHandshake({ psk: wrong })).toThrow(misuse);
  });

  test('is no body of a record, and the session goes on', async () => {
    const { client, server } = runHandshake();
    expect(() => client.seal(32, wrong, 1)).toThrow(misuse);
    expect(areConnected(client, server)).toBe(true);
    const pair = await openPair();
    await expect(pair.client.send(32, wrong)).rejects.toThrow(misuse);
    await pair.client.send(32, Uint8Array.of(1));
    await Promise.all([pair.client.close(), pair.server.closed]);
  });
});

describe('a Buffer is bytes', () => {
  test('and what it holds stays the caller’s', () => {
    const psk = Buffer.alloc(32, 5);
    const peerId = Buffer.from(serverKey.id);
    const invites = [{ key: 'the invite', psk }];
    for (const attempt of [1, 2]) {
      const { client, server, invite } = runHandshake({ psk, peerId }, { invites });
      expect(invite, `attempt ${attempt}`).toBe('the invite');
      expect(areConnected(client, server)).toBe(true);
      client.erase();
      server.erase();
    }
    expect(psk).toEqual(Buffer.alloc(32, 5));
  });

  test('and what becomes of it later is of no account', () => {
    const peerId = Buffer.from(serverKey.id);
    const { client } = runHandshake({ peerId });
    peerId.fill(0);
    expect(client.peerId).toEqual(serverKey.id);
  });

  test.each(allBackends)('and a secret key has its own, $name', (backend) => {
    const secret = Buffer.alloc(32, 7);
    const pair = backend.agreementKeyPair(secret);
    const before = pair.agree(pair.publicKey);
    secret.fill(9);
    expect(pair.agree(pair.publicKey)).toEqual(before);
    pair.erase();
    expect(secret).toEqual(Buffer.alloc(32, 9));
  });

  test('and a back end may give nothing else', () => {
    const { client, server } = runHandshake({ backend: GIVING_BUFFERS }, { backend: nodeBackend });
    expect(areConnected(client, server)).toBe(true);
    server.open(client.sealRekeyStart(1));
    client.open(server.sealRekeyAnswer(1));
    expect(client.epoch).toBe(1);
    expect(areConnected(client, server)).toBe(true);
    const other = runHandshake({ backend: nodeBackend }, { backend: GIVING_BUFFERS });
    expect(areConnected(other.client, other.server)).toBe(true);
  });

  test('of which a part is copied', () => {
    const bytes = Buffer.of(1, 2, 3, 4);
    const copy = copyBytes(bytes, 1, 3);
    bytes.fill(0);
    expect(copy).toEqual(Uint8Array.of(2, 3));
  });
});

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

/** As one written on node:crypto without a thought about it. */
const GIVING_BUFFERS: CryptoBackend = {
  ...nodeBackend,
  name: 'giving Buffers',
  sha256: (data) => asBuffer(nodeBackend.sha256(data)),
  hmacSha256: (key, data) => asBuffer(nodeBackend.hmacSha256(key, data)),
  hkdfSha256: (...inputs) => asBuffer(nodeBackend.hkdfSha256(...inputs)),
  chacha20Block: (key, nonce) => asBuffer(nodeBackend.chacha20Block(key, nonce)),
  aeadSeal: (...inputs) => asBuffer(nodeBackend.aeadSeal(...inputs)),
  aeadOpen: (...inputs) => {
    const plaintext = nodeBackend.aeadOpen(...inputs);
    return plaintext && asBuffer(plaintext);
  },
};
