// libp2p-noise without the streams around it, which is more favourable to it: the handshake and the cipher states as its
// connections use them. Both are modules of the package that it does not export by name.
import { generateKeyPair } from '@libp2p/crypto/keys';
import { defaultLogger } from '@libp2p/logger';
import { Uint8ArrayList } from 'uint8arraylist';

interface HandshakeResult {
  encrypt(plaintext: Uint8Array): { subarray(): Uint8Array };
  decrypt(ciphertext: Uint8Array, destination?: Uint8Array): { subarray(): Uint8Array };
}

interface Connection {
  read(): Promise<Uint8ArrayList>;
  write(bytes: Uint8Array | Uint8ArrayList): Promise<void>;
}

type Perform = (options: object) => Promise<HandshakeResult>;

const entry = import.meta.resolve('@chainsafe/libp2p-noise');
const { performHandshakeInitiator, performHandshakeResponder } = (await import(
  new URL('performHandshake.js', entry).href
)) as Readonly<Record<'performHandshakeInitiator' | 'performHandshakeResponder', Perform>>;
const { wrapCrypto } = (await import(new URL('crypto.js', entry).href)) as {
  readonly wrapCrypto: (crypto: object) => { generateKeypair(): object };
};
const { defaultCrypto } = (await import(new URL('crypto/index.js', entry).href)) as {
  readonly defaultCrypto: object;
};

/** What a Noise connection carries in one message, without the tag. */
const NOISE_MESSAGE_BYTES = 65_519;

const crypto = wrapCrypto(defaultCrypto);
const log = defaultLogger().forComponent('bench');
const users = await Promise.all(
  [1, 2].map(async () => ({
    privateKey: await generateKeyPair('Ed25519'),
    s: crypto.generateKeypair(),
  })),
);

function pipe(): readonly [Connection, Connection] {
  const queues: Uint8ArrayList[][] = [[], []];
  const wake: ((() => void) | undefined)[] = [];
  const end = (own: 0 | 1): Connection => ({
    read: async () => {
      for (;;) {
        const message = queues[own]?.shift();
        if (message) return message;
        await new Promise<void>((resolve) => {
          wake[own] = resolve;
        });
      }
    },
    write: async (bytes) => {
      queues[1 - own]?.push(new Uint8ArrayList(bytes.subarray()));
      wake[1 - own]?.();
    },
  });
  return [end(0), end(1)];
}

export interface NoisePair {
  readonly initiator: HandshakeResult;
  readonly responder: HandshakeResult;
}

/** Noise XX with the signed payloads of libp2p; the static and the long-term keys are made once. */
export async function connectNoise(): Promise<NoisePair> {
  const [a, b] = pipe();
  const shared = { crypto, log, prologue: new Uint8Array(0) };
  const [initiator, responder] = await Promise.all([
    performHandshakeInitiator({ ...shared, ...users[0], connection: a }),
    performHandshakeResponder({ ...shared, ...users[1], connection: b }),
  ]);
  return { initiator, responder };
}

/** One body there, in as many messages as it needs. */
export function sendOverNoise({ initiator, responder }: NoisePair, body: Uint8Array): number {
  let received = 0;
  for (let at = 0; at < body.length; at += NOISE_MESSAGE_BYTES) {
    const sealed = initiator.encrypt(body.subarray(at, at + NOISE_MESSAGE_BYTES)).subarray();
    // As its connections do: the plaintext takes the place of the ciphertext.
    const destination = sealed.subarray(0, sealed.length - 16);
    received += responder.decrypt(sealed, destination).subarray().length;
  }
  return received;
}
