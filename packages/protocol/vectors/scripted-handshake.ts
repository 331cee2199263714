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
  /** Random inputs that do not come from the name. */
  readonly draws?: Partial<Record<RandomDraw, Uint8Array>>;
  /** What one side computes with if it is not an honest one. */
  readonly disguise?: Disguise;
}

/** The functions of a back end that one of the sides has in place of the honest ones. */
export type Disguise = (script: Script) => Partial<CryptoBackend>;

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

/** The random input `draw`; a copy, because the protocol overwrites it. */
export function drawOf({ name, draws = {} }: Script, draw: RandomDraw): Uint8Array {
  return draws[draw]?.slice() ?? inputOf(name, draw, DRAW_BYTES[draw]);
}

export function drawsOf(script: Script, prefix: RegExp): Record<string, string> {
  const names = (Object.keys(DRAW_BYTES) as RandomDraw[]).filter((draw) => prefix.test(draw));
  return Object.fromEntries(names.map((draw) => [draw, hex(drawOf(script, draw))]));
}

/** The back end of a run: the honest one, but for the disguise. */
export function backendOf(script: Script): CryptoBackend {
  return { ...nodeBackend, ...script.disguise?.(script) };
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

const HASH_AFTER: Readonly<Record<string, string>> = { es: 'h1', hs: 'h1b' };

function listening(script: Script): {
  readonly backend: CryptoBackend;
  readonly sealings: Sealing[];
  readonly derived: Record<string, string>;
} {
  const sealings: Sealing[] = [];
  const derived: Record<string, string> = {};
  const inner = backendOf(script);
  const backend: CryptoBackend = {
    ...inner,
    hkdfSha256: (salt, inputKey, info, length) => {
      const output = inner.hkdfSha256(salt, inputKey, info, length);
      const text = Buffer.from(info).toString('latin1');
      const [label = '', known] =
        Object.entries(DERIVED).find(([it]) => text.startsWith(`gravy/1 ${it}`)) ?? [];
      const hash = HASH_AFTER[label];
      if (hash !== undefined) derived[hash] = hex(info.subarray(-32));
      if (known !== undefined) derived[known] = hex(output);
      return output;
    },
    aeadSeal: (key, nonce, hash, plaintext) => {
      sealings.push({ key: key.slice(), hash: hash.slice(), plaintext: plaintext.slice() });
      return inner.aeadSeal(key, nonce, hash, plaintext);
    },
  };
  return { backend, sealings, derived };
}

interface Sessions {
  readonly client: ClientSession;
  readonly server: ServerSession;
}

/** The four messages, each of which is taken by the other side only when the next one is asked for. */
function* exchange(script: Script, backend: CryptoBackend): Generator<Uint8Array, Sessions> {
  const random = (draw: RandomDraw): Uint8Array => drawOf(script, draw);
  const clientKey = OwnKey.fromSeed(script.clientSeed, backend);
  const serverKey = OwnKey.fromSeed(script.serverSeed, backend);
  const invites = script.invites.map((secret) => ({ key: undefined, psk: secret }));
  const { psk } = script;
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id, psk, random, backend });
  yield hello.message;
  const waiting = awaitHandshake({ ownKey: serverKey, invites, random, backend });
  const reply = waiting.receive(hello.message);
  yield reply.message;
  const proven = hello.next.receive(reply.message);
  yield proven.message;
  const accepted = reply.next.receive(proven.message).accept();
  yield accepted.message;
  return { client: proven.next.receive(accepted.message), server: accepted.session };
}

/** Messages 1 to `number`, the last of which nobody has taken. */
export function messagesUpTo(number: number, script: Script): readonly Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (const message of exchange(script, backendOf(script))) {
    messages.push(message);
    if (messages.length === number) break;
  }
  return messages;
}

export function runScript(script: Script): Run {
  const { backend, sealings, derived } = listening(script);
  const messages: Uint8Array[] = [];
  const running = exchange(script, backend);
  let step = running.next();
  for (; step.done !== true; step = running.next()) messages.push(step.value);
  const [hello, reply, proven, accepted] = messages;
  const [, proof, acceptance] = sealings;
  if (!hello || !reply || !proven || !accepted || !proof || !acceptance) {
    throw new Error('A handshake has four messages, and three things are sealed in it.');
  }
  const h4 = nodeBackend.sha256(join(nodeBackend.sha256(join(proof.hash, proven)), accepted));
  return {
    messages: [hello, reply, proven, accepted],
    proof,
    acceptance,
    derived: { ...derived, h2: hex(proof.hash), h3: hex(acceptance.hash), h4: hex(h4) },
    ...step.value,
  };
}

/** What a server that has no invites answers to the first message. */
export function replyWithoutInvites(script: Script, hello: Uint8Array): Uint8Array {
  const ownKey = OwnKey.fromSeed(script.serverSeed, nodeBackend);
  const random = (draw: RandomDraw): Uint8Array => drawOf(script, draw);
  return awaitHandshake({ ownKey, random, backend: nodeBackend }).receive(hello).message;
}
