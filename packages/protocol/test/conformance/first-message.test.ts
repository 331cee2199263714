// The hint of message 1, and what the server does with it: Spec 2.2.
import { describe, expect, test } from 'vitest';
import type { CryptoBackend } from '../../src/backend/crypto-backend.js';
import { nodeBackend } from '../../src/backend/node/node.js';
import { labelBytes } from '../../src/bytes.js';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import type { RandomDraw } from '../../src/random-source.js';
import { clientKey, runHandshake, serverKey } from '../pair.js';

const psk = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const hintIn = (message: Uint8Array): Uint8Array => message.slice(1220, 1236);

/** A back end that counts how many hints are derived. */
function countingHints(): { readonly backend: CryptoBackend; readonly count: () => number } {
  let hints = 0;
  const label = Buffer.from(labelBytes('gravy/1 hint'));
  const backend: CryptoBackend = {
    ...nodeBackend,
    hkdfSha256: (salt, inputKey, info, length) => {
      if (label.equals(info.subarray(0, label.length))) hints += 1;
      return nodeBackend.hkdfSha256(salt, inputKey, info, length);
    },
  };
  return { backend, count: () => hints };
}

describe('without an invite', () => {
  test('the hint is 16 random bytes, other ones each time', () => {
    const options = { ownKey: clientKey, peerId: serverKey.id };
    const [one, two] = [startHandshake(options).message, startHandshake(options).message];
    expect(hintIn(one)).not.toEqual(hintIn(two));

    const drawn: string[] = [];
    const random = (draw: RandomDraw, length: number): Uint8Array => {
      drawn.push(`${draw} ${length}`);
      return new Uint8Array(length).fill(0xab);
    };
    const { message } = startHandshake({ ...options, random });
    expect(hintIn(message)).toEqual(new Uint8Array(16).fill(0xab));
    expect(drawn.filter((draw) => draw.startsWith('client.hint'))).toEqual(['client.hint 16']);
  });
});

describe('with invites', () => {
  const invites = Array.from({ length: 32 }, (_, index) => ({ key: index, psk: psk(index + 1) }));

  test.each([0, 15, 31])('the server compares all of them, whichever matches: %i', (index) => {
    const { message } = startHandshake({
      ownKey: clientKey,
      peerId: serverKey.id,
      psk: psk(index + 1),
    });
    const { backend, count } = countingHints();
    awaitHandshake({ ownKey: serverKey, invites, backend }).receive(message);
    expect(count()).toBe(32);
  });

  test('one takes part for as long as the server names it, also when it has matched before', () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(runHandshake({ psk: psk(4) }, { invites }).invite).toBe(3);
    }
  });
});
