import { describe, expect, test } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { portableBackend } from '../src/backend/portable.js';
import { concatBytes } from '../src/bytes.js';
import { authenticationBody } from '../src/handshake/authentication.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { decodeHello, helloMacKey, hintsFor } from '../src/handshake/hello.js';
import {
  extendHash,
  handshakeKey,
  helloHash,
  initialHash,
  messageKey,
  sessionSecrets,
  staticKey,
} from '../src/handshake/key-schedule.js';
import { decodeReply } from '../src/handshake/reply.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { OwnKey, signAsOwnKey } from '../src/identity-key/own-key.js';
import {
  CLIENT_AUTH_CONTEXT,
  SERVER_AUTH_CONTEXT,
  signatureInput,
} from '../src/identity-key/signature-input.js';
import { verifyStrict } from '../src/identity-key/verify-strict.js';
import { stepChain } from '../src/record/chain.js';
import { decodeHeader, headerNonce } from '../src/record/header.js';
import { upgradePath } from '../src/upgrade-path.js';
import { sample, sampleRandom } from './sample.js';
import { fromHex, toHex } from './vector-file.js';

const backends = [portableBackend, nodeBackend];

describe.runIf(sample).each(backends)('the sample with the $name back end', (backend) => {
  if (!sample) return;
  const { session, h0, chain_step: chainStep, invite } = sample;
  const hex = (name: Exclude<keyof typeof session, 'random' | 'records'>): Uint8Array =>
    fromHex(session[name]);

  test('identity keys', () => {
    const client = OwnKey.fromSeed(hex('seed_c'), backend);
    expect(toHex(client.id)).toBe(session.id_c);
    expect(toHex(OwnKey.fromSeed(hex('seed_s'), backend).id)).toBe(session.id_s);
    expect(toHex(backend.seedToAgreementSecret(hex('seed_c')))).toBe(session.xsk_c);
    expect(toHex(backend.seedToAgreementSecret(hex('seed_s')))).toBe(session.xsk_s);
    expect(toHex(backend.publicKeyToAgreementKey(hex('id_s')) ?? hex('id_c'))).toBe(session.xpk_s);
  });

  test('upgrade path', () => {
    expect(upgradePath(hex('id_s'), backend)).toBe(session.path);
  });

  test('key schedule, value by value', () => {
    expect(toHex(initialHash(backend))).toBe(h0);
    const h1 = helloHash(backend, hex('id_s'), hex('msg1'));
    expect(toHex(h1)).toBe(session.h1);
    expect(toHex(staticKey(backend, hex('dh_es'), h1))).toBe(session.ck1);
    const reply = decodeReply(hex('msg2'));
    const h1b = extendHash(backend, h1, reply.untagged);
    expect(toHex(h1b)).toBe(session.h1b);
    const secrets = {
      staticKey: hex('ck1'),
      kemSecret: hex('ss'),
      ephemeralSecret: hex('dh_ee'),
      psk: hex('psk'),
    };
    const key = handshakeKey(backend, secrets, h1b);
    expect(toHex(key)).toBe(session.ck);
    expect(toHex(messageKey(backend, key, 'gravy/1 k2'))).toBe(session.k2);
    expect(toHex(messageKey(backend, key, 'gravy/1 k3'))).toBe(session.k3);
    expect(toHex(messageKey(backend, key, 'gravy/1 k4'))).toBe(session.k4);
    const h2 = extendHash(backend, h1b, reply.tag);
    expect(toHex(h2)).toBe(session.h2);
    const h3 = extendHash(backend, h2, hex('msg3'));
    expect(toHex(h3)).toBe(session.h3);
    const h4 = extendHash(backend, h3, hex('msg4'));
    expect(toHex(h4)).toBe(session.h4);
    const derived = sessionSecrets(backend, key, h4);
    expect(toHex(derived.clientToServer)).toBe(session.c2s_0);
    expect(toHex(derived.serverToClient)).toBe(session.s2c_0);
    expect(toHex(derived.root)).toBe(session.rk_0);
    expect(toHex(derived.sessionId)).toBe(session.sid);
  });

  test('agreements and the KEM', () => {
    const client = backend.agreementKeyPair(fromHex(session.random['client.x25519'] ?? ''));
    const server = backend.agreementKeyPair(fromHex(session.random['server.x25519'] ?? ''));
    expect(toHex(client.publicKey)).toBe(session.pk_c);
    expect(toHex(server.publicKey)).toBe(session.pk_s);
    expect(toHex(client.agree(hex('xpk_s')))).toBe(session.dh_es);
    expect(toHex(backend.agreementKeyPair(hex('xsk_s')).agree(hex('pk_c')))).toBe(session.dh_es);
    expect(toHex(client.agree(server.publicKey))).toBe(session.dh_ee);
    const kem = backend.kemKeyPair(fromHex(session.random['client.mlkem'] ?? ''));
    expect(toHex(kem.encapsulationKey)).toBe(session.ek_c);
    expect(toHex(kem.decapsulate(hex('ct')))).toBe(session.ss);
    const seed = fromHex(session.random['server.mlkem'] ?? '');
    const { ciphertext, sharedSecret } = backend.kemEncapsulate(kem.encapsulationKey, seed);
    expect(toHex(ciphertext)).toBe(session.ct);
    expect(toHex(sharedSecret)).toBe(session.ss);
    const own = backend.kemEncapsulate(kem.encapsulationKey);
    expect(kem.decapsulate(own.ciphertext)).toEqual(own.sharedSecret);
  });

  test('signatures', () => {
    const clientBody = authenticationBody(
      hex('h2'),
      { signer: hex('id_c'), other: hex('id_s') },
      hex('nonce_c'),
      hex('feat_c'),
    );
    const serverBody = authenticationBody(
      hex('h3'),
      { signer: hex('id_s'), other: hex('id_c') },
      hex('nonce_s'),
      hex('feat_s'),
    );
    expect(toHex(signatureInput(CLIENT_AUTH_CONTEXT, clientBody))).toBe(session.sig_c_input);
    expect(toHex(signatureInput(SERVER_AUTH_CONTEXT, serverBody))).toBe(session.sig_s_input);
    const client = OwnKey.fromSeed(hex('seed_c'), backend);
    const signature = signAsOwnKey(client, CLIENT_AUTH_CONTEXT, clientBody);
    expect(toHex(signature)).toBe(session.sig_c);
    const claim = { id: hex('id_s'), body: serverBody, signature: hex('sig_s'), backend };
    expect(verifyStrict({ ...claim, context: SERVER_AUTH_CONTEXT })).toBe(true);
    expect(verifyStrict({ ...claim, context: CLIENT_AUTH_CONTEXT })).toBe(false);
  });

  test('hint', () => {
    const hello = decodeHello(backend, helloMacKey(backend, hex('id_s')), hex('msg1'));
    expect(toHex(hello.hint)).toBe(session.hint);
    const zeros = { ephemeralKey: new Uint8Array(32), encapsulationKey: new Uint8Array(1184) };
    const hint = hintsFor(backend, zeros)(fromHex(invite.psk));
    expect(toHex(hint)).toBe(invite.hint_for_zero_keys);
  });

  test('chain step', () => {
    const step = stepChain(backend, fromHex(chainStep.ck));
    expect(toHex(step.nextKey)).toBe(chainStep.next);
    expect(toHex(step.messageKey)).toBe(chainStep.mk);
    for (const record of session.records) {
      const { nextKey, messageKey: key } = stepChain(backend, fromHex(record.chain_key));
      expect([toHex(nextKey), toHex(key)]).toEqual([record.chain_key_next, record.mk]);
    }
  });

  test('the whole handshake and the first records', () => {
    const random = sampleRandom(session.random);
    const client = startHandshake({
      ownKey: OwnKey.fromSeed(hex('seed_c'), backend),
      peerId: hex('id_s'),
      random,
      backend,
    });
    expect(toHex(client.message)).toBe(session.msg1);
    const ownKey = OwnKey.fromSeed(hex('seed_s'), backend);
    const server = awaitHandshake({ ownKey, random, backend });
    const reply = server.receive(client.message);
    expect(toHex(reply.message)).toBe(session.msg2);
    const proof = client.next.receive(reply.message);
    expect(toHex(proof.message)).toBe(session.msg3);
    const proven = reply.next.receive(proof.message);
    expect(toHex(proven.peerId)).toBe(session.id_c);
    const accepted = proven.accept();
    expect(toHex(accepted.message)).toBe(session.msg4);
    const sessions = {
      client: proof.next.receive(accepted.message),
      server: accepted.session,
    };
    for (const record of session.records) {
      const receiver = record.from === 'client' ? 'server' : 'client';
      const body = fromHex(record.body);
      const frame = sessions[record.from].seal(record.kind, body, record.time_ms);
      expect(toHex(frame)).toBe(record.frame);
      expect(decodeHeader(frame)).toEqual({ epoch: record.epoch, sequence: record.seq });
      expect(toHex(headerNonce(frame))).toBe(record.nonce);
      const opened = sessions[receiver].open(frame);
      expect({ ...opened, body: concatBytes(opened.body) }).toEqual({
        kind: record.kind,
        timeMs: record.time_ms,
        body,
      });
    }
  });
});
