// Sides that are not honest: what each of them computes otherwise, while the rest of the handshake goes its way.
import type { RandomDraw } from '@gravy/protocol';
import { nodeBackend } from '@gravy/protocol/node';
import { hex, replaced } from './bytes.ts';
import type { OddSigner } from './odd-signers.ts';
import { drawOf, type Disguise, type Script } from './scripted-handshake.ts';

type Side = 'client' | 'server';

const seedOf = (script: Script, side: Side): Uint8Array =>
  side === 'client' ? script.clientSeed : script.serverSeed;

/** The identity key of one side is this one. */
export const signingAs =
  (side: Side, signer: (seed: Uint8Array) => OddSigner): Disguise =>
  (script) => ({
    signingKeyPair: (seed) => {
      const honest = nodeBackend.signingKeyPair(seed);
      const isIt = hex(seed) === hex(seedOf(script, side));
      return isIt ? { ...signer(seed.slice()), erase: () => honest.erase() } : honest;
    },
  });

/** The public key of the draw is another; what it agrees on may be too. */
export const publishing =
  (
    draw: RandomDraw,
    publicKey: (honest: Uint8Array) => Uint8Array,
    agreed?: Uint8Array,
  ): Disguise =>
  (script) => ({
    agreementKeyPair: (secret) => {
      const pair = nodeBackend.agreementKeyPair(secret);
      if (!secret || hex(secret) !== hex(drawOf(script, draw))) return pair;
      const agree = (other: Uint8Array): Uint8Array => agreed?.slice() ?? pair.agree(other);
      return { ...pair, publicKey: publicKey(pair.publicKey), agree };
    },
  });

const FEATURES = new Uint8Array(4).fill(0xff);
/** The plaintexts of messages 3 and 4 are told apart by their length. */
const PLAINTEXT = { client: { bytes: 132, features: 64 }, server: { bytes: 100, features: 32 } };

/** One side has every feature, and signs so. */
export const withFeatures =
  (side: Side): Disguise =>
  (script) => ({
    ...signingAs(side, (seed) => {
      const pair = nodeBackend.signingKeyPair(seed);
      return {
        publicKey: pair.publicKey,
        sign: (message) => pair.sign(replaced(message, message.length - 4, FEATURES)),
      };
    })(script),
    aeadSeal: (key, nonce, hash, plaintext) => {
      const { bytes, features } = PLAINTEXT[side];
      const isIt = plaintext.length === bytes;
      const sealed = isIt ? replaced(plaintext, features, FEATURES) : plaintext;
      return nodeBackend.aeadSeal(key, nonce, hash, sealed);
    },
  });

/** The plaintext of this length is sealed without associated data. */
export const sealedWithoutData =
  (bytes: number): Disguise =>
  () => ({
    aeadSeal: (key, nonce, hash, plaintext) => {
      const data = plaintext.length === bytes ? new Uint8Array(0) : hash;
      return nodeBackend.aeadSeal(key, nonce, data, plaintext);
    },
  });
