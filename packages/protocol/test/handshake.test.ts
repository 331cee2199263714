import { describe, expect, test, vi } from 'vitest';
import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { nodeBackend } from '../src/backend/node/node.js';
import { portableBackend } from '../src/backend/portable.js';
import { concatBytes } from '../src/bytes.js';
import { OWN_FEATURES } from '../src/handshake/authentication.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { decodeHello, encodeHello, helloMacKey, hintsFor } from '../src/handshake/hello.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { SMALL_ORDER_ENCODINGS } from './small-order-encodings.js';
import { areConnected, clientKey, errorWith, keyOf, runHandshake, serverKey } from './pair.js';
import { fromHex } from './vector-file.js';

const psk = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

/** A back end that fails the test when public-key work happens on the server. */
function withoutPublicKeys(): CryptoBackend {
  return { ...nodeBackend, agreementKeyPair: refuse, kemEncapsulate: refuse };
}

function refuse(): never {
  throw new Error('public-key work before mac1');
}

describe('a handshake', () => {
  test('proves both ids and gives both ends the same keys', () => {
    const { client, server, peerId, invite, messages } = runHandshake();
    expect(client.role).toBe('client');
    expect(server.role).toBe('server');
    expect(client.peerId).toEqual(serverKey.id);
    expect(server.peerId).toEqual(clientKey.id);
    expect(peerId).toEqual(clientKey.id);
    expect(invite).toBeUndefined();
    expect(messages.map((message) => message.length)).toEqual([1252, 1137, 149, 117]);
    expect(areConnected(client, server)).toBe(true);
  });

  test('works between different back ends', () => {
    for (const [one, other] of [
      [portableBackend, nodeBackend],
      [nodeBackend, portableBackend],
    ] as const) {
      const { client, server } = runHandshake(
        { ownKey: keyOf(1, one), backend: one },
        { ownKey: keyOf(2, other), backend: other },
      );
      expect(areConnected(client, server)).toBe(true);
    }
  });

  test('works with oneself', () => {
    const { client, server } = runHandshake({ ownKey: serverKey });
    expect(server.peerId).toEqual(client.peerId);
    expect(areConnected(client, server)).toBe(true);
  });

  test('a client cannot be answered with its own bytes', () => {
    const hello = startHandshake({ ownKey: serverKey, peerId: serverKey.id });
    expect(() => hello.next.receive(hello.message)).toThrow(errorWith('malformed_message'));
    const { client } = runHandshake({ ownKey: serverKey });
    const frame = client.seal(32, psk(1), 1);
    expect(() => client.open(frame)).toThrow(errorWith('record_rejected'));
  });

  test('draws fresh keys and nonces each time', () => {
    const [one, two] = [runHandshake().messages, runHandshake().messages];
    for (const [index, message] of one.entries()) expect(message).not.toEqual(two[index]);
  });

  test('ignores feature bits it does not know', () => {
    OWN_FEATURES.fill(0xff);
    try {
      const { client, server } = runHandshake();
      expect(areConnected(client, server)).toBe(true);
    } finally {
      OWN_FEATURES.fill(0);
    }
  });

  test('refuses pinned ids that are none', () => {
    const ownKey = clientKey;
    const [unsafe, invalid] = [new Uint8Array(32), new Uint8Array(31)];
    expect(() => startHandshake({ ownKey, peerId: unsafe })).toThrow(errorWith('unsafe_peer_id'));
    expect(() => startHandshake({ ownKey, peerId: invalid })).toThrow(errorWith('invalid_peer_id'));
  });

  test('needs a key that has not been erased', () => {
    const erased = keyOf(1);
    erased.erase();
    expect(() => runHandshake({ ownKey: erased })).toThrow(errorWith('misuse'));
    const peerId = erased.id;
    expect(() => runHandshake({ peerId }, { ownKey: erased })).toThrow(errorWith('misuse'));
  });
});

describe('invites', () => {
  const open = [1, 2, 3].map((fill) => ({ key: `invite ${fill}`, psk: psk(fill) }));

  test('the server finds the one the client came with', () => {
    for (const { key, psk: secret } of open) {
      const { client, server, invite } = runHandshake({ psk: secret }, { invites: open });
      expect(invite).toBe(key);
      expect(areConnected(client, server)).toBe(true);
    }
  });

  test('a client with one that is not open learns it at msg2, and gets in without', () => {
    const stale = (): unknown => runHandshake({ psk: psk(9) }, { invites: open });
    expect(stale).toThrow(errorWith('peer_not_authentic'));
    const { client, server, invite } = runHandshake({}, { invites: open });
    expect(invite).toBeUndefined();
    expect(areConnected(client, server)).toBe(true);
  });

  test('are asked for only once mac1 is valid', () => {
    const invites = vi.fn<() => typeof open>(() => open);
    const stranger = startHandshake({ ownKey: clientKey, peerId: keyOf(5).id });
    const server = awaitHandshake({ ownKey: serverKey, invites });
    expect(() => server.receive(stranger.message)).toThrow(errorWith('not_addressed_to_us'));
    expect(invites).not.toHaveBeenCalled();
    expect(runHandshake({ psk: psk(2) }, { invites }).invite).toBe('invite 2');
    expect(invites).toHaveBeenCalledOnce();
  });

  test('two attempts with one invite have different hints', () => {
    const hello = () => {
      const { message } = startHandshake({
        ownKey: clientKey,
        peerId: serverKey.id,
        psk: psk(1),
      });
      return decodeHello(nodeBackend, helloMacKey(nodeBackend, serverKey.id), message);
    };
    const [one, two] = [hello(), hello()];
    expect(one.hint).not.toEqual(two.hint);
    expect(hintsFor(nodeBackend, one)(psk(1))).toEqual(one.hint);
  });

  test('secrets of a wrong shape, and more than 32 invites, are misuse', () => {
    const many = Array.from({ length: 33 }, (_, index) => ({ key: index, psk: psk(index + 1) }));
    expect(runHandshake({ psk: psk(32) }, { invites: many.slice(0, 32) }).invite).toBe(31);
    expect(() => runHandshake({}, { invites: many })).toThrow(errorWith('misuse'));
    for (const wrong of [psk(0), psk(1).subarray(1)]) {
      expect(() => runHandshake({ psk: wrong })).toThrow(errorWith('misuse'));
      const invites = [{ key: 0, psk: wrong }];
      expect(() => runHandshake({}, { invites })).toThrow(errorWith('misuse'));
    }
  });
});

describe('the server', () => {
  test('does no public-key work for messages with a bad form or mac1', () => {
    const { message } = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
    const backend = withoutPublicKeys();
    const receive = (bytes: Uint8Array) => () =>
      awaitHandshake({ ownKey: serverKey, backend }).receive(bytes);
    for (const at of [0, 1, 2, 3]) {
      expect(receive(flip(message, at * 8))).toThrow(errorWith('malformed_message'));
    }
    expect(receive(message.subarray(1))).toThrow(errorWith('malformed_message'));
    expect(receive(flip(message, 8 * 1000))).toThrow(errorWith('not_addressed_to_us'));
    expect(receive(flip(message, 8 * 1251))).toThrow(errorWith('not_addressed_to_us'));
  });

  test('asks before public-key work whether to go on', () => {
    const { message } = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
    const onPlausible = vi.fn<() => boolean>(() => false);
    const options = { ownKey: serverKey, backend: withoutPublicKeys(), onPlausible };
    const forged = flip(message, 8 * 1251);
    expect(() => awaitHandshake(options).receive(forged)).toThrow(errorWith('not_addressed_to_us'));
    expect(onPlausible).not.toHaveBeenCalled();
    expect(() => awaitHandshake(options).receive(message)).toThrow(errorWith('not_admitted'));
    expect(onPlausible).toHaveBeenCalledOnce();
    onPlausible.mockReturnValue(true);
    const { client, server } = runHandshake({}, { onPlausible });
    expect(areConnected(client, server)).toBe(true);
  });

  test('refuses keys nobody can own', () => {
    const { message } = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
    const hello = decodeHello(nodeBackend, helloMacKey(nodeBackend, serverKey.id), message);
    const receive = (part: Partial<typeof hello>) => () => {
      const forged = encodeHello(nodeBackend, helloMacKey(nodeBackend, serverKey.id), {
        ...hello,
        ...part,
      });
      return awaitHandshake({ ownKey: serverKey }).receive(forged);
    };
    expect(receive({ ephemeralKey: psk(0) })).toThrow(errorWith('peer_not_authentic'));
    const unreduced = new Uint8Array(1184).fill(0xff);
    expect(receive({ encapsulationKey: unreduced })).toThrow(errorWith('malformed_message'));
  });

  test('refuses a client that names an id of small order', () => {
    const pretender = keyOf(1);
    const ids = SMALL_ORDER_ENCODINGS.values();
    vi.spyOn(pretender, 'id', 'get').mockImplementation(() => fromHex(ids.next().value ?? ''));
    for (const _ of SMALL_ORDER_ENCODINGS) {
      expect(() => runHandshake({ ownKey: pretender })).toThrow(errorWith('peer_not_authentic'));
    }
  });
});

describe('the client', () => {
  test('sends nothing of itself to a server that is not the pinned one', () => {
    const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
    // The impostor knows the pinned id and makes the mac1 that its own server code accepts.
    const impostor = keyOf(6);
    const seen = decodeHello(nodeBackend, helloMacKey(nodeBackend, serverKey.id), hello.message);
    const redirected = encodeHello(nodeBackend, helloMacKey(nodeBackend, impostor.id), seen);
    const reply = awaitHandshake({ ownKey: impostor }).receive(redirected);
    const sign = vi.spyOn(nodeBackend, 'aeadSeal');
    expect(() => hello.next.receive(reply.message)).toThrow(errorWith('peer_not_authentic'));
    expect(sign).not.toHaveBeenCalled();
    sign.mockRestore();
    expect(contains(hello.message, clientKey.id)).toBe(false);
  });

  test('refuses an agreement key nobody can own', () => {
    const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
    const reply = awaitHandshake({ ownKey: serverKey }).receive(hello.message).message;
    const forged = concatBytes(reply.subarray(0, 1), psk(0), reply.subarray(33));
    expect(() => hello.next.receive(forged)).toThrow(errorWith('peer_not_authentic'));
  });
});

function flip(message: Uint8Array, bit: number): Uint8Array {
  const flipped = message.slice();
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

function contains(haystack: Uint8Array, needle: Uint8Array): boolean {
  return Buffer.from(haystack).includes(Buffer.from(needle));
}
