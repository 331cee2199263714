// Appendix A of the specification, computed anew: every value of it but the text forms, which @gravy/identity makes.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CryptoBackend } from '../../src/backend/crypto-backend.js';
import { nodeBackend } from '../../src/backend/node/node.js';
import { concatBytes, labelBytes } from '../../src/bytes.js';
import { awaitHandshake } from '../../src/handshake/await-handshake.js';
import { decodeHello, helloMacKey } from '../../src/handshake/hello.js';
import { extendHash, helloHash, initialHash } from '../../src/handshake/key-schedule.js';
import { decodeReply } from '../../src/handshake/reply.js';
import { startHandshake } from '../../src/handshake/start-handshake.js';
import { OwnKey } from '../../src/identity-key/own-key.js';
import type { RandomDraw } from '../../src/random-source.js';
import { stepChain } from '../../src/record/chain.js';
import { upgradePath } from '../../src/upgrade-path.js';
import { allBackends } from '../backends.js';
import { fromHex, toHex } from '../vector-file.js';

const specification = readFileSync(
  new URL('../../../../docs/spec/protocol.md', import.meta.url),
  'utf8',
);
const LABELS = labelsOf(specification);
const TIME = 1_800_000_000_000;
/** The names of the example's inputs, which are derived too. */
const EXAMPLE_INPUTS = /^(?:rekey\.)?(?:client|server|text|psk)(?:\.|$)/u;
const NOTHING = new Uint8Array(0);
const TEXT_FORMS = new Set(['safety number', 'invite, CBOR', 'invite']);

/** The lines of the appendix's code blocks: a name, two or more spaces, a value. */
function workedExample(): Record<string, string> {
  const appendix = specification.slice(specification.indexOf('## Appendix A'));
  const lines = [...appendix.matchAll(/^(\S.*?) {2,}(\S+)$/gmu)];
  const values = lines.map(([, name = '', value = '']): [string, string] => [name, value]);
  return Object.fromEntries(
    values.filter(([name, value]) => !TEXT_FORMS.has(name) && !value.startsWith('gravy1')),
  );
}

function input(backend: CryptoBackend, name: string, length: number): Uint8Array {
  return backend.hkdfSha256(NOTHING, labelBytes('gravy/1 example'), labelBytes(name), length);
}

/** The back end, and all that it derives, by the label. */
function recording(of: CryptoBackend): {
  readonly backend: CryptoBackend;
  readonly derived: Map<string, string>;
} {
  const derived = new Map<string, string>();
  const backend: CryptoBackend = {
    ...of,
    hkdfSha256: (salt, inputKey, info, length) => {
      const output = of.hkdfSha256(salt, inputKey, info, length);
      const text = Buffer.from(info).toString('latin1');
      derived.set(LABELS.find((label) => text.startsWith(label)) ?? text, toHex(output));
      return output;
    },
  };
  return { backend, derived };
}

function compute(plain: CryptoBackend): Record<string, string> {
  const { backend, derived } = recording(plain);
  const random = (draw: RandomDraw, length: number): Uint8Array => input(plain, draw, length);
  const hash = (bytes: Uint8Array): string => toHex(backend.sha256(bytes));
  const seeds = {
    client: input(plain, 'client.seed', 32),
    server: input(plain, 'server.seed', 32),
  };
  const clientKey = OwnKey.fromSeed(seeds.client, backend);
  const serverKey = OwnKey.fromSeed(seeds.server, backend);
  const psk = input(plain, 'psk', 32);
  const [clientId, serverId] = [clientKey.id, serverKey.id];

  const hello = startHandshake({ ownKey: clientKey, peerId: serverId, psk, random, backend });
  const invites = [{ key: 'the invite', psk }];
  const waiting = awaitHandshake({ ownKey: serverKey, invites, random, backend });
  const reply = waiting.receive(hello.message);
  const proof = hello.next.receive(reply.message);
  const proven = reply.next.receive(proof.message);
  const accepted = proven.accept();
  const client = proof.next.receive(accepted.message);
  const server = accepted.session;
  expect(proven.invite).toBe('the invite');

  const agreement = backend.agreementKeyPair(random('client.x25519', 32));
  const kem = backend.kemKeyPair(random('client.mlkem', 64));
  const { ephemeralKey, ciphertext, tag, untagged } = decodeReply(reply.message);
  const { hint } = decodeHello(backend, helloMacKey(backend, serverId), hello.message);
  const h1 = helloHash(backend, serverId, hello.message);
  const h1b = extendHash(backend, h1, untagged);
  const h2 = extendHash(backend, h1b, tag);
  const h3 = extendHash(backend, h2, proof.message);
  const signature = (context: string, body: Uint8Array, seed: Uint8Array): string => {
    const spaces = new Uint8Array(64).fill(0x20);
    const signed = concatBytes(spaces, labelBytes(context), Uint8Array.of(0), body);
    return toHex(plain.signingKeyPair(seed).sign(signed));
  };
  const features = new Uint8Array(4);
  const [clientNonce, serverNonce] = [random('client.nonce', 32), random('server.nonce', 32)];
  const clientBody = concatBytes(h2, clientId, serverId, clientNonce, features);
  const serverBody = concatBytes(h3, serverId, clientId, serverNonce, features);

  const body = concatBytes(
    fromHex(`a36261741b${TIME.toString(16).padStart(16, '0')}62696450`),
    input(plain, 'text.id', 16),
    fromHex('64746578746568656c6c6f'),
  );
  const chain = fromHex(derived.get('gravy/1 c2s') ?? '');
  const text = client.seal(32, body, TIME);
  server.open(text);
  const rekey1 = client.sealRekeyStart(TIME + 1);
  server.open(rekey1);
  const rekey2 = server.sealRekeyAnswer(TIME + 2);
  client.open(rekey2);
  const closing = client.sealClose(0, TIME + 3);
  server.open(closing);
  const answer = server.sealClose(0, TIME + 4);
  client.open(answer);
  expect([client.peerClose, server.peerClose]).toEqual([
    { code: 0, isAnswer: true, allArrived: true },
    { code: 0, isAnswer: false, allArrived: true },
  ]);
  const frames = [text, rekey1, rekey2, closing, answer];
  expect(frames.map((frame) => frame.length)).toEqual([286, 2078, 2078, 286, 286]);
  const rekeyed = derived.get('gravy/1 rekey') ?? '';

  return {
    'client.seed': toHex(seeds.client),
    'server.seed': toHex(seeds.server),
    id_c: toHex(clientId),
    id_s: toHex(serverId),
    psk: toHex(psk),
    'upgrade path': upgradePath(serverId, backend),
    h0: toHex(initialHash(backend)),
    pk_c: toHex(agreement.publicKey),
    'H(ek_c)': hash(kem.encapsulationKey),
    hint: toHex(hint),
    mac1: toHex(hello.message.subarray(1236)),
    'H(msg1)': hash(hello.message),
    h1: toHex(h1),
    ck1: derived.get('gravy/1 es') ?? '',
    pk_s: toHex(ephemeralKey),
    'H(ct)': hash(ciphertext),
    ss: toHex(kem.decapsulate(ciphertext)),
    'DH(e_c, e_s)': toHex(agreement.agree(ephemeralKey)),
    h1b: toHex(h1b),
    ck: derived.get('gravy/1 hs') ?? '',
    k2: derived.get('gravy/1 k2') ?? '',
    k3: derived.get('gravy/1 k3') ?? '',
    k4: derived.get('gravy/1 k4') ?? '',
    tag2: toHex(tag),
    'H(msg2)': hash(reply.message),
    h2: toHex(h2),
    sig_c: signature('Gravy/1 client auth', clientBody, seeds.client),
    'H(msg3)': hash(proof.message),
    h3: toHex(h3),
    sig_s: signature('Gravy/1 server auth', serverBody, seeds.server),
    'H(msg4)': hash(accepted.message),
    h4: toHex(extendHash(backend, h3, accepted.message)),
    c2s_0: toHex(chain),
    s2c_0: derived.get('gravy/1 s2c') ?? '',
    rk_0: derived.get('gravy/1 root') ?? '',
    sid: derived.get('gravy/1 sid') ?? '',
    'TEXT body': toHex(body),
    'mk of TEXT': toHex(stepChain(backend, chain).messageKey),
    'TEXT frame, c2s, epoch 0, seq 0': hash(text),
    'REKEY1 frame, c2s, epoch 0, seq 1': hash(rekey1),
    'REKEY2 frame, s2c, epoch 0, seq 0': hash(rekey2),
    rk_1: rekeyed.slice(0, 64),
    c2s_1: rekeyed.slice(64, 128),
    s2c_1: rekeyed.slice(128),
    'CLOSE frame, c2s, epoch 1, seq 2, recv_count 1': hash(closing),
    'CLOSE frame, s2c, epoch 1, seq 1, recv_count 3': hash(answer),
  };
}

describe.each(allBackends)('the worked example of the specification, $name back end', (backend) => {
  test('comes out of its inputs, byte for byte', () => {
    const example = workedExample();
    expect(Object.keys(example).length).toBeGreaterThan(40);
    expect(compute(backend)).toEqual(example);
  });
});

test('derives under the labels that the specification lists, and no others', () => {
  const { backend, derived } = recording(nodeBackend);
  compute(backend);
  const used = [...derived.keys()].filter((label) => !EXAMPLE_INPUTS.test(label));
  expect(used.toSorted()).toEqual(LABELS.toSorted());
});

function labelsOf(text: string): readonly string[] {
  const [line = ''] = /^The labels of key derivation.*$/mu.exec(text) ?? [];
  return [...line.matchAll(/`"(gravy\/1 [a-z0-9]+)"`/gu)].map(([, label = '']) => label);
}
