// Whatever arrives in the place of one of the four messages: changed on the wire, or made by somebody with the keys.
import { mutate, type FuzzTarget, type SeededRandom } from '@gravy/testing';
import type { CryptoBackend } from '../../src/backend/crypto-backend.js';
import { nodeBackend } from '../../src/backend/node/node.js';
import { KEY_BYTES } from '../../src/backend/lengths.js';
import { concatBytes, labelBytes } from '../../src/bytes.js';
import { ProtocolError, type ProtocolErrorCode } from '../../src/errors.js';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import type { RandomSource } from '../../src/random-source.js';
import { keyOf } from '../pair.js';
import { toHex } from '../vector-file.js';
import { keyPairsOnce } from './key-pairs-once.js';

const NONCE = new Uint8Array(12);
const MAC_BYTES = 16;
const backend = keyPairsOnce(nodeBackend);
const clientKey = keyOf(1, backend);
const serverKey = keyOf(2, backend);
const invites = [{ key: 'an invite', psk: new Uint8Array(32).fill(9) }];

const random: RandomSource = (draw, length) => new Uint8Array(length).fill(draw.length);

interface Sealed {
  readonly key: Uint8Array;
  readonly associatedData: Uint8Array;
  readonly plaintext: Uint8Array;
}

/** An honest run, with the keys that whoever forges a message in the peer's place would have. */
function honestRun(): {
  readonly messages: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  readonly sealed: readonly Sealed[];
} {
  const sealed: Sealed[] = [];
  const listening: CryptoBackend = {
    ...backend,
    aeadSeal: (key, nonce, associatedData, plaintext) => {
      sealed.push({
        key: key.slice(),
        associatedData: associatedData.slice(),
        plaintext: plaintext.slice(),
      });
      return backend.aeadSeal(key, nonce, associatedData, plaintext);
    },
  };
  const options = { random, backend: listening };
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id, ...options });
  const reply = awaitHandshake({ ownKey: serverKey, ...options }).receive(hello.message);
  const proof = hello.next.receive(reply.message);
  const { message } = reply.next.receive(proof.message).accept();
  return { messages: [hello.message, reply.message, proof.message, message], sealed };
}

const honest = honestRun();
/** Everybody has it who knows the id (Spec 2.2). */
const macKey = nodeBackend.hkdfSha256(
  new Uint8Array(0),
  serverKey.id,
  labelBytes('gravy/1 mac1'),
  KEY_BYTES,
);
const [helloMessage, replyMessage, proofMessage, acceptanceMessage] = honest.messages;
const [, sealedProof, sealedAcceptance] = honest.sealed;

const options = { random, backend };
const awaitHello = (): ReturnType<typeof awaitHandshake> =>
  awaitHandshake({ ownKey: serverKey, invites, ...options });
const awaitReply = () =>
  startHandshake({ ownKey: clientKey, peerId: serverKey.id, ...options }).next;
const awaitProof = () =>
  awaitHandshake({ ownKey: serverKey, ...options }).receive(helloMessage).next;
const awaitAcceptance = () => awaitReply().receive(replyMessage).next;

function resized(bytes: Uint8Array, length: number): Uint8Array {
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(0, length));
  return copy;
}

/** The message around changed contents, sealed with the right key. */
function resealed(chance: SeededRandom, sealed: Sealed | undefined, type: number): Uint8Array {
  if (!sealed) throw new Error('This message was not sealed.');
  const { key, associatedData, plaintext } = sealed;
  const changed = resized(mutate(chance, plaintext), plaintext.length);
  return concatBytes(
    Uint8Array.of(type),
    nodeBackend.aeadSeal(key, NONCE, associatedData, changed),
  );
}

function withMac(chance: SeededRandom): Uint8Array {
  const covered = helloMessage.subarray(0, -MAC_BYTES);
  const changed = resized(mutate(chance, covered), covered.length);
  const mac = nodeBackend.hmacSha256(macKey, changed).subarray(0, MAC_BYTES);
  return concatBytes(changed, mac);
}

interface Message {
  readonly name: string;
  readonly valid: Uint8Array;
  readonly step: () => { receive(message: Uint8Array): unknown };
  readonly forge: (chance: SeededRandom) => Uint8Array;
  /** Whether one may be taken that is not the honest one. */
  readonly mayDiffer: boolean;
  readonly refusals: readonly ProtocolErrorCode[];
}

const messages: readonly Message[] = [
  {
    name: 'message 1',
    valid: helloMessage,
    step: awaitHello,
    forge: withMac,
    // Other keys and another hint under a valid mac1 make it somebody else's message, not a bad one.
    mayDiffer: true,
    refusals: ['malformed_message', 'not_addressed_to_us', 'peer_not_authentic'],
  },
  {
    name: 'message 2',
    valid: replyMessage,
    step: awaitReply,
    forge: (chance) => resized(mutate(chance, replyMessage), replyMessage.length),
    mayDiffer: false,
    refusals: ['malformed_message', 'peer_not_authentic'],
  },
  {
    name: 'message 3',
    valid: proofMessage,
    step: awaitProof,
    forge: (chance) => resealed(chance, sealedProof, 3),
    mayDiffer: false,
    refusals: ['malformed_message', 'peer_not_authentic'],
  },
  {
    name: 'message 4',
    valid: acceptanceMessage,
    step: awaitAcceptance,
    forge: (chance) => resealed(chance, sealedAcceptance, 4),
    mayDiffer: false,
    refusals: ['malformed_message', 'peer_not_authentic'],
  },
];

export interface MessageTarget extends FuzzTarget {
  /** Outcomes by name, so that a test can see that more than one was reached. */
  readonly seen: Map<string, number>;
}

export function handshakeTargets(): readonly MessageTarget[] {
  return messages.map(({ name, valid, step, forge, mayDiffer, refusals }) => {
    const seen = new Map<string, number>();
    const count = (outcome: string): void => void seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    const attempt = (chance: SeededRandom): void => {
      const input = chance.oneIn(2) ? forge(chance) : mutate(chance, valid);
      const isHonest = toHex(input) === toHex(valid);
      const waiting = step();
      try {
        waiting.receive(input);
      } catch (error) {
        if (!(error instanceof ProtocolError) || !refusals.includes(error.code)) throw error;
        if (isHonest) throw new Error('The honest message was refused.', { cause: error });
        count(error.code);
        return;
      }
      if (!isHonest && !mayDiffer) throw new Error('A forged message was taken.');
      count('taken');
    };
    return { name, attempt, seen };
  });
}
