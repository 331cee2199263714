import { describe, expect, test } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { ClientSession } from '../src/record/client-session.js';
import { sealRecord, startDirection } from '../src/record/direction.js';
import { decodeHeader } from '../src/record/header.js';
import { encodeRekeyBody } from '../src/record/rekey/rekey-body.js';
import { ServerSession } from '../src/record/server-session.js';
import type { SessionSecrets } from '../src/record/session-secrets.js';
import { entropyOf } from '../src/random-source.js';
import { errorWith } from './pair.js';

const NOTHING = new Uint8Array(0);
const REKEY1 = 16;
const REKEY2 = 17;
const REKEY_REQUEST = 18;

const secrets = (): SessionSecrets => ({
  clientToServer: new Uint8Array(32).fill(1),
  serverToClient: new Uint8Array(32).fill(2),
  root: new Uint8Array(32).fill(3),
  sessionId: new Uint8Array(32).fill(4),
});
const entropy = entropyOf(nodeBackend, undefined);
const peerId = new Uint8Array(32);
const pair = (): { readonly client: ClientSession; readonly server: ServerSession } => ({
  client: new ClientSession(peerId, entropy, secrets()),
  server: new ServerSession(peerId, entropy, secrets()),
});
const text = (session: ClientSession | ServerSession): Uint8Array => session.seal(32, NOTHING, 1);
const epochOf = (frame: Uint8Array): number | undefined => decodeHeader(frame)?.epoch;

function rekey({ client, server }: ReturnType<typeof pair>): void {
  server.open(client.sealRekeyStart(1));
  client.open(server.sealRekeyAnswer(1));
}

/** A first frame from one side, with any inside. */
function forge(from: 'client' | 'server', kind: number, body: Uint8Array): Uint8Array {
  const { clientToServer, serverToClient } = secrets();
  const direction = startDirection(from === 'client' ? clientToServer : serverToClient);
  return sealRecord(nodeBackend, direction, { kind, body, timeMs: 1 }).frame;
}

describe('a rekey', () => {
  test('leads both directions into the next epoch, again and again', () => {
    const both = pair();
    const { client, server } = both;
    for (let epoch = 0; epoch < 5; epoch += 1) {
      expect([client.epoch, server.epoch]).toEqual([epoch, epoch]);
      server.open(text(client));
      client.open(text(server));
      rekey(both);
    }
    const frame = text(client);
    expect(decodeHeader(frame)).toEqual({ epoch: 5, sequence: 10 });
    expect(server.open(frame).kind).toBe(32);
  });

  test('changes every key, and depends on fresh randomness of each side', () => {
    const frames = [1, 2].map(() => {
      const both = pair();
      rekey(both);
      return Buffer.from(text(both.client)).toString('hex');
    });
    expect(frames[0]).not.toBe(frames[1]);
  });

  test('lets records pass that are on their way, in both directions', () => {
    const { client, server } = pair();
    const before = [text(client), client.sealRekeyStart(1), text(client)];
    const early = text(server);
    server.open(before[0] ?? NOTHING);
    server.open(before[1] ?? NOTHING);
    const late = text(server);
    const answer = server.sealRekeyAnswer(1);
    const after = text(server);
    expect([early, late, answer, after].map((frame) => epochOf(frame))).toEqual([0, 0, 0, 1]);
    // The server takes what the client sent in the old epoch, also after its REKEY2.
    server.open(before[2] ?? NOTHING);
    for (const frame of [early, late]) client.open(frame);
    const inOldEpoch = text(client);
    for (const frame of [answer, after]) client.open(frame);
    const inNewEpoch = text(client);
    expect([inOldEpoch, inNewEpoch].map((frame) => epochOf(frame))).toEqual([0, 1]);
    server.open(inOldEpoch);
    server.open(inNewEpoch);
  });

  test('starts the count of an epoch anew, and not the sequence', () => {
    const both = pair();
    const { client, server } = both;
    server.open(text(client));
    expect(client.epochUsage).toEqual({ records: 1, bytes: 286, hasApplicationRecord: true });
    expect(server.epochUsage).toEqual({ records: 1, bytes: 286, hasApplicationRecord: true });
    rekey(both);
    expect(client.epochUsage).toEqual({ records: 0, bytes: 0, hasApplicationRecord: false });
    server.open(client.seal(3, NOTHING, 1));
    expect(client.epochUsage).toEqual({ records: 1, bytes: 286, hasApplicationRecord: false });
  });

  test('can be asked for by the server, once an epoch', () => {
    const both = pair();
    const { client, server } = both;
    expect(client.open(server.sealRekeyRequest(1)).kind).toBe(REKEY_REQUEST);
    expect(() => server.sealRekeyRequest(1)).toThrow(errorWith('misuse'));
    rekey(both);
    expect(server.mayRequestRekey).toBe(false);
    server.open(text(client));
    client.open(server.sealRekeyRequest(1));
  });

  test('is taken up by a client that has sent CLOSE meanwhile', () => {
    const { client, server } = pair();
    server.open(client.sealRekeyStart(1));
    const close = client.sealClose(0, 1);
    client.open(server.sealRekeyAnswer(1));
    expect(client.open(text(server)).kind).toBe(32);
    server.open(close);
    expect(client.open(server.sealClose(0, 1)).kind).toBe(31);
    expect(client.peerClose).toEqual({ code: 0, isAnswer: true, allArrived: true });
  });

  test('is not answered once CLOSE has been sent or received', () => {
    const { client, server } = pair();
    server.open(client.sealRekeyStart(1));
    server.sealClose(0, 1);
    expect(() => server.sealRekeyAnswer(1)).toThrow(errorWith('session_over'));

    const other = pair();
    other.server.open(other.client.sealRekeyStart(1));
    other.server.open(other.client.sealClose(0, 1));
    expect(() => other.server.sealRekeyAnswer(1)).toThrow(errorWith('session_over'));
  });

  test('is not started once CLOSE has been sent', () => {
    const { client } = pair();
    client.sealClose(0, 1);
    expect(() => client.sealRekeyStart(1)).toThrow(errorWith('session_over'));
    expect(client.isRekeyOutstanding).toBe(false);
  });

  test('has steps that are used in order only', () => {
    const { client, server } = pair();
    expect(() => server.sealRekeyAnswer(1)).toThrow(errorWith('misuse'));
    const start = client.sealRekeyStart(1);
    expect(client.isRekeyOutstanding).toBe(true);
    expect(() => client.sealRekeyStart(1)).toThrow(errorWith('misuse'));
    server.open(start);
    expect(server.isRekeyOwed).toBe(true);
    expect(() => server.sealRekeyRequest(1)).toThrow(errorWith('misuse'));
    client.open(server.sealRekeyAnswer(1));
    expect(() => server.sealRekeyAnswer(1)).toThrow(errorWith('misuse'));
    expect(client.isRekeyOutstanding).toBe(false);
  });
});

describe('after a rekey', () => {
  test('a far epoch is refused, and one before its REKEY2 too', () => {
    const { client, server } = pair();
    const frame = text(client);
    frame[5] = 1;
    expect(() => server.open(frame)).toThrow(errorWith('record_rejected'));

    const both = pair();
    rekey(both);
    const far = text(both.client);
    far[5] = 2;
    expect(() => both.server.open(far)).toThrow(errorWith('record_rejected'));
  });
});

describe('fatal to a session', () => {
  const keys = nodeBackend.kemKeyPair(new Uint8Array(64).fill(1));
  const ephemeralKey = nodeBackend.agreementKeyPair(new Uint8Array(32).fill(9)).publicKey;
  const good = { epoch: 1, ephemeralKey, kemPart: keys.encapsulationKey };
  const rejected = errorWith('record_rejected');
  const serverRefuses = (body: Uint8Array, kind = REKEY1): void => {
    const { server } = pair();
    expect(() => server.open(forge('client', kind, body))).toThrow(rejected);
    expect(() => server.open(forge('client', 32, NOTHING))).toThrow(errorWith('session_over'));
  };

  test('a REKEY1 with a wrong epoch, length, key or agreement', () => {
    const { server } = pair();
    expect(server.open(forge('client', REKEY1, encodeRekeyBody(good))).kind).toBe(REKEY1);

    serverRefuses(encodeRekeyBody({ ...good, epoch: 0 }));
    serverRefuses(encodeRekeyBody({ ...good, epoch: 2 }));
    serverRefuses(encodeRekeyBody(good).subarray(1));
    serverRefuses(encodeRekeyBody({ ...good, kemPart: new Uint8Array(1088) }));
    serverRefuses(encodeRekeyBody({ ...good, kemPart: new Uint8Array(1184).fill(0xff) }));
    serverRefuses(encodeRekeyBody({ ...good, ephemeralKey: new Uint8Array(32) }));
  });

  test('a second REKEY1 in one epoch, answered or not', () => {
    for (const isAnswered of [false, true]) {
      const { server } = pair();
      const direction = startDirection(secrets().clientToServer);
      const record = { kind: REKEY1, body: encodeRekeyBody(good), timeMs: 1 };
      const first = sealRecord(nodeBackend, direction, record);
      server.open(first.frame);
      if (isAnswered) server.sealRekeyAnswer(1);
      const second = sealRecord(nodeBackend, first.next, record);
      expect(() => server.open(second.frame)).toThrow(rejected);
    }
  });

  test('what the other role sends', () => {
    serverRefuses(encodeRekeyBody({ ...good, kemPart: new Uint8Array(1088) }), REKEY2);
    serverRefuses(NOTHING, REKEY_REQUEST);
    const { client } = pair();
    expect(() => client.open(forge('server', REKEY1, encodeRekeyBody(good)))).toThrow(rejected);
  });

  test('a REKEY2 or REKEY_REQ that is malformed, or a REKEY2 out of place', () => {
    const answer = { epoch: 1, ephemeralKey, kemPart: new Uint8Array(1088).fill(1) };
    const clientOf = (isOutstanding: boolean): ClientSession => {
      const { client } = pair();
      if (isOutstanding) client.sealRekeyStart(1);
      return client;
    };
    const take =
      (body: Uint8Array, kind = REKEY2, isOutstanding = true) =>
      () =>
        clientOf(isOutstanding).open(forge('server', kind, body));
    expect(take(encodeRekeyBody(answer))().kind).toBe(REKEY2);
    expect(take(encodeRekeyBody(answer), REKEY2, false)).toThrow(rejected);
    expect(take(encodeRekeyBody({ ...answer, epoch: 2 }))).toThrow(rejected);
    expect(take(encodeRekeyBody(answer).subarray(1))).toThrow(rejected);
    const zero = { ...answer, ephemeralKey: new Uint8Array(32) };
    expect(take(encodeRekeyBody(zero))).toThrow(rejected);
    expect(take(Uint8Array.of(1), REKEY_REQUEST)).toThrow(rejected);
    expect(take(NOTHING, REKEY_REQUEST, false)().kind).toBe(REKEY_REQUEST);
  });
});

describe('erasing', () => {
  test('leaves no key of an old epoch, and none of the current one', () => {
    const own = secrets();
    const server = new ServerSession(peerId, entropy, own);
    const { client } = pair();
    server.open(client.sealRekeyStart(1));
    client.open(server.sealRekeyAnswer(1));
    expect(own.root).toEqual(new Uint8Array(32));
    server.open(text(client));
    expect(own.clientToServer).toEqual(new Uint8Array(32));
    expect(own.serverToClient).toEqual(new Uint8Array(32));
    server.erase();
    expect(own.sessionId).toEqual(new Uint8Array(32));
    expect(() => server.sealRekeyAnswer(1)).toThrow(errorWith('session_over'));
    client.erase();
    expect(() => client.sealRekeyStart(1)).toThrow(errorWith('session_over'));
  });
});
