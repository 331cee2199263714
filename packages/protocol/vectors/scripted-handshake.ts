// A handshake whose random inputs are written down, with every secret it derives.
import {
  awaitHandshake,
  OwnKey,
  startHandshake,
  type ClientSession,
  type CryptoBackend,
  type RandomDraw,
  type ServerSession,
} from '@gravy/protocol';
import { nodeBackend } from '@gravy/protocol/node';
import { ascii, hex, join } from './bytes.ts';

const DRAW_BYTES = {
  'client.x25519': 32,
  'client.mlkem': 64,
  'client.hint': 16,
  'client.nonce': 32,
  'server.x25519': 32,
  'server.mlkem': 32,
  'server.nonce': 32,
  'rekey.client.x25519': 32,
  'rekey.client.mlkem': 64,
  'rekey.server.x25519': 32,
  'rekey.server.mlkem': 32,
} as const satisfies Record<RandomDraw, number>;

/** The inputs of the vector called `name`: from the name, so that nobody can have chosen them. */
export function inputOf(name: string, input: string, length: number): Uint8Array {
  return nodeBackend.hkdfSha256(ascii('gravy/1 vectors'), ascii(name), ascii(input), length);
}

export interface Script {
  readonly name: string;
  readonly clientSeed: Uint8Array;
  readonly serverSeed: Uint8Array;
  readonly psk?: Uint8Array | undefined;
  readonly invites: readonly Uint8Array[];
  /** Changes the public key made from the draw of this name. */
  readonly publicKeys?: Partial<Record<RandomDraw, (publicKey: Uint8Array) => Uint8Array>>;
}

/** The key and associated data of tag2, message 3 and message 4, and what was sealed. */
interface Sealing {
  readonly key: Uint8Array;
  readonly hash: Uint8Array;
  readonly plaintext: Uint8Array;
}

export interface Run {
  readonly messages: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  readonly proof: Sealing;
  readonly acceptance: Sealing;
  /** By their names in the specification, in hexadecimal digits. */
  readonly derived: Readonly<Record<string, string>>;
  readonly client: ClientSession;
  readonly server: ServerSession;
}

export function scriptOf(name: string, changes: Partial<Script> = {}): Script {
  return {
    name,
    clientSeed: inputOf(name, 'client.seed', 32),
    serverSeed: inputOf(name, 'server.seed', 32),
    invites: [],
    ...changes,
  };
}

export function drawsOf(name: string, prefix: RegExp): Record<string, string> {
  const draws = Object.entries(DRAW_BYTES).filter(([draw]) => prefix.test(draw));
  return Object.fromEntries(
    draws.map(([draw, length]) => [draw, hex(inputOf(name, draw, length))]),
  );
}

const DERIVED: Readonly<Record<string, string>> = {
  es: 'ck1',
  hs: 'ck',
  k2: 'k2',
  k3: 'k3',
  k4: 'k4',
  c2s: 'c2s_0',
  s2c: 's2c_0',
  root: 'rk_0',
  sid: 'sid',
};

function listening({ name, publicKeys = {} }: Script): {
  readonly backend: CryptoBackend;
  readonly sealings: Sealing[];
  readonly derived: Record<string, string>;
} {
  const sealings: Sealing[] = [];
  const derived: Record<string, string> = {};
  const changes = new Map(
    Object.entries(publicKeys).map(([draw, change]) => [hex(inputOf(name, draw, 32)), change]),
  );
  const backend: CryptoBackend = {
    ...nodeBackend,
    hkdfSha256: (salt, inputKey, info, length) => {
      const output = nodeBackend.hkdfSha256(salt, inputKey, info, length);
      const text = Buffer.from(info).toString('latin1');
      const [, known] =
        Object.entries(DERIVED).find(([label]) => text.startsWith(`gravy/1 ${label}`)) ?? [];
      if (known !== undefined) derived[known] = hex(output);
      return output;
    },
    aeadSeal: (key, nonce, hash, plaintext) => {
      sealings.push({ key: key.slice(), hash: hash.slice(), plaintext: plaintext.slice() });
      return nodeBackend.aeadSeal(key, nonce, hash, plaintext);
    },
    agreementKeyPair: (secret) => {
      const pair = nodeBackend.agreementKeyPair(secret);
      const change = secret && changes.get(hex(secret));
      return change ? { ...pair, publicKey: change(pair.publicKey) } : pair;
    },
  };
  return { backend, sealings, derived };
}

export function runScript(script: Script): Run {
  const { name, psk } = script;
  const { backend, sealings, derived } = listening(script);
  const random = (draw: RandomDraw, length: number): Uint8Array => inputOf(name, draw, length);
  const clientKey = OwnKey.fromSeed(script.clientSeed, backend);
  const serverKey = OwnKey.fromSeed(script.serverSeed, backend);
  const invites = script.invites.map((secret) => ({ key: undefined, psk: secret }));
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id, psk, random, backend });
  const waiting = awaitHandshake({ ownKey: serverKey, invites, random, backend });
  const reply = waiting.receive(hello.message);
  const proven = hello.next.receive(reply.message);
  const accepted = reply.next.receive(proven.message).accept();
  const client = proven.next.receive(accepted.message);
  const [, proof, acceptance] = sealings;
  if (!proof || !acceptance) throw new Error('Three things are sealed in a handshake.');
  const h4 = nodeBackend.sha256(
    join(nodeBackend.sha256(join(proof.hash, proven.message)), accepted.message),
  );
  const messages = [hello.message, reply.message, proven.message, accepted.message] as const;
  return {
    messages,
    proof,
    acceptance,
    derived: { ...derived, h2: hex(proof.hash), h3: hex(acceptance.hash), h4: hex(h4) },
    client,
    server: accepted.session,
  };
}

/** What a server that has no invites answers to the first message. */
export function replyWithoutInvites({ name, serverSeed }: Script, hello: Uint8Array): Uint8Array {
  const random = (draw: RandomDraw, length: number): Uint8Array => inputOf(name, draw, length);
  const ownKey = OwnKey.fromSeed(serverSeed, nodeBackend);
  return awaitHandshake({ ownKey, random, backend: nodeBackend }).receive(hello).message;
}
