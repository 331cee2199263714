// Invites and key files as strangers, disks and pasting hands change them.
import { mutate, type FuzzTarget, type SeededRandom } from '@gravy/testing';
import { encodeText } from '../../src/bech32m-text.js';
import {
  decodeInvite,
  encodeInvite,
  Identity,
  IdentityError,
  lockIdentity,
} from '../../src/index.js';
import { decodeKeyFile, encodeKeyFile } from '../../src/key-file-format.js';
import { encodeMap } from '../../src/strict-cbor.js';

const utf8 = new TextEncoder();
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const fields = {
  v: 1,
  id: Identity.fromSeed(new Uint8Array(32).fill(9)).id,
  psk: new Uint8Array(32).fill(3),
  urls: ['wss://one.example/prefix', 'ws://[::1]:8080'],
  expires: 1_795_478_400,
  name: 'Bär',
};
const inviteText = encodeInvite(fields);
const inviteBytes = encodeMap(Object.entries(fields));

/** An invite with a typing error, or one with a right checksum that somebody made. */
function inviteFrom(random: SeededRandom): string {
  return random.oneIn(2)
    ? latin1(mutate(random, utf8.encode(inviteText)))
    : encodeText('gravyinvite', mutate(random, inviteBytes));
}

function isRefused(read: () => unknown, codes: readonly string[]): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof IdentityError && codes.includes(error.code)) return true;
    throw error;
  }
}

export const inviteTarget: FuzzTarget = {
  name: 'invite',
  attempt: (random) => {
    const text = inviteFrom(random);
    if (isRefused(() => decodeInvite(text), ['invalid_invite', 'invalid_id', 'unsafe_id'])) return;
    // What is read is as good as what anybody can write: it says the same once written again.
    const invite = decodeInvite(text);
    const again = decodeInvite(encodeInvite(invite));
    if (JSON.stringify(again) !== JSON.stringify(invite)) throw new Error('It changed on the way.');
  },
};

export async function keyFileTarget(): Promise<FuzzTarget> {
  const identity = Identity.fromSeed(new Uint8Array(32).fill(0xa5));
  const valid = utf8.encode(
    await lockIdentity(identity, 'a password', { cost: { N: 2, r: 1, p: 1 } }),
  );
  return {
    name: 'key file',
    attempt: (random) => {
      const text = latin1(mutate(random, valid));
      if (isRefused(() => decodeKeyFile(text), ['identity_damaged', 'identity_too_new'])) return;
      const file = decodeKeyFile(text);
      if (encodeKeyFile(file) !== encodeKeyFile(decodeKeyFile(encodeKeyFile(file)))) {
        throw new Error('It changed on the way.');
      }
    },
  };
}
