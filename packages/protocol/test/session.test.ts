import { describe, expect, test } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { isBucket, bucketBytes } from '../src/record/inner.js';
import { CLOSE_CODE, closeCodeOf, mayReconnectAfter } from '../src/record/close-code.js';
import { encodeCloseBody } from '../src/record/close-body.js';
import { sealRecord, startDirection } from '../src/record/direction.js';
import { ClientSession } from '../src/record/client-session.js';
import { ServerSession } from '../src/record/server-session.js';
import { entropyOf } from '../src/random-source.js';
import type { SessionSecrets } from '../src/record/session-secrets.js';
import { errorWith } from './pair.js';

const NOTHING = new Uint8Array(0);

const secrets = (): SessionSecrets => ({
  clientToServer: new Uint8Array(32).fill(1),
  serverToClient: new Uint8Array(32).fill(2),
  root: new Uint8Array(32).fill(3),
  sessionId: new Uint8Array(32).fill(4),
});

const entropy = entropyOf(nodeBackend, undefined);
const peerId = new Uint8Array(32);
const clientOf = (own = secrets()): ClientSession => new ClientSession(peerId, entropy, own);
const serverOf = (own = secrets()): ServerSession => new ServerSession(peerId, entropy, own);

const pair = (): { readonly client: ClientSession; readonly server: ServerSession } => ({
  client: clientOf(),
  server: serverOf(),
});

/** The first frame of the client, with an inside that `seal` would refuse to make. */
const forge = (kind: number, body: Uint8Array = NOTHING): Uint8Array =>
  sealRecord(nodeBackend, startDirection(secrets().clientToServer), { kind, body, timeMs: 1 })
    .frame;

describe('sealing', () => {
  test('pads to the smallest bucket', () => {
    const { client } = pair();
    const sizes = [0, 243, 244, 499, 500, 65_523, 262_131].map(
      (length) => client.seal(32, new Uint8Array(length), 1).length - 14 - 16,
    );
    expect(sizes).toEqual([256, 256, 512, 512, 1024, 65_536, 262_144]);
    expect(bucketBytes(262_145)).toBe(524_288);
    expect([255, 256, 300, 512, 262_144, 524_288].filter((size) => isBucket(size))).toEqual([
      256, 512, 262_144,
    ]);
  });

  test('refuses what is no record of the application', () => {
    const { client } = pair();
    const seal = (kind: number, body: Uint8Array, timeMs: number) => () =>
      client.seal(kind, body, timeMs);
    for (const kind of [-1, 0, 16, 17, 18, 31, 256, 32.5, Number.NaN]) {
      expect(seal(kind, NOTHING, 1)).toThrow(errorWith('misuse'));
    }
    expect(seal(3, new Uint8Array(1), 1)).toThrow(errorWith('misuse'));
    expect(seal(32, new Uint8Array(262_132), 1)).toThrow(errorWith('misuse'));
    for (const timeMs of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(seal(32, NOTHING, timeMs)).toThrow(errorWith('misuse'));
    }
    // None of it used up a key.
    expect(serverOf().open(client.seal(255, NOTHING, 7))).toMatchObject({ kind: 255 });
  });

  test('needs a session that is not over', () => {
    const { client } = pair();
    client.erase();
    client.erase();
    expect(() => client.seal(32, NOTHING, 1)).toThrow(errorWith('session_over'));
    expect(() => client.sealClose(0, 1)).toThrow(errorWith('session_over'));
    expect(() => client.open(NOTHING)).toThrow(errorWith('session_over'));
  });

  test('erasing overwrites every key', () => {
    const own = secrets();
    clientOf(own).erase();
    for (const secret of Object.values(own)) expect(secret).toEqual(new Uint8Array(32));
  });
});

describe('opening', () => {
  test('a far future time becomes the largest safe number', () => {
    const { client, server } = pair();
    const frame = client.seal(32, NOTHING, Number.MAX_SAFE_INTEGER);
    expect(server.open(frame).timeMs).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('unknown protocol kinds, and known ones out of place, are rejected', () => {
    const wrong = [0, 1, 2, 5, 15, 16, 17, 18, 19, 30].map((kind) => forge(kind));
    wrong.push(forge(3, new Uint8Array(1)), forge(4, new Uint8Array(1)), forge(31));
    wrong.push(forge(31, new Uint8Array(9)), forge(31, new Uint8Array(11)));
    for (const frame of wrong) {
      const server = serverOf();
      expect(() => server.open(frame)).toThrow(errorWith('record_rejected'));
      expect(() => server.open(forge(32))).toThrow(errorWith('session_over'));
    }
    for (const kind of [3, 4, 32, 127, 128, 255]) {
      expect(serverOf().open(forge(kind)).kind).toBe(kind);
    }
  });
});

describe('CLOSE', () => {
  test('answered, it says that all arrived', () => {
    const { client, server } = pair();
    server.open(client.seal(32, NOTHING, 1));
    server.open(client.sealClose(CLOSE_CODE.kicked, 1));
    expect(server.peerClose).toEqual({ code: 7, isAnswer: false, allArrived: true });
    client.open(server.sealClose(CLOSE_CODE.normal, 1));
    expect(client.peerClose).toEqual({ code: 0, isAnswer: true, allArrived: true });
  });

  test('crossing, neither is an answer', () => {
    const { client, server } = pair();
    server.open(client.seal(32, NOTHING, 1));
    const [ours, theirs] = [client.sealClose(0, 1), server.sealClose(1, 1)];
    client.open(theirs);
    server.open(ours);
    expect(client.peerClose).toEqual({ code: 1, isAnswer: false, allArrived: true });
    expect(server.peerClose).toEqual({ code: 0, isAnswer: false, allArrived: true });
  });

  test('says when something did not arrive', () => {
    const { client, server } = pair();
    client.seal(32, NOTHING, 1);
    client.open(server.sealClose(1, 1));
    expect(client.peerClose).toEqual({ code: 1, isAnswer: false, allArrived: false });

    const other = pair();
    const unread = other.client.seal(32, NOTHING, 1);
    const ours = other.client.sealClose(0, 1);
    other.client.open(other.server.sealClose(1, 1));
    expect(other.client.peerClose).toMatchObject({ isAnswer: false, allArrived: false });
    // What was still on its way is opened all the same.
    expect(other.server.open(unread).kind).toBe(32);
    expect(other.server.open(ours).kind).toBe(31);
  });

  test('counting more than was sent is fatal', () => {
    const body = encodeCloseBody({ code: 0, receivedCount: 1 });
    expect(() => serverOf().open(forge(31, body))).toThrow(errorWith('record_rejected'));
    body.fill(0xff, 2);
    expect(() => serverOf().open(forge(31, body))).toThrow(errorWith('record_rejected'));
  });

  test('is the last thing either side sends', () => {
    const { client, server } = pair();
    const next = sealRecord(
      nodeBackend,
      sealRecord(nodeBackend, startDirection(secrets().clientToServer), {
        kind: 31,
        body: encodeCloseBody({ code: 0, receivedCount: 0 }),
        timeMs: 1,
      }).next,
      { kind: 32, body: NOTHING, timeMs: 1 },
    ).frame;
    server.open(client.sealClose(0, 1));
    for (const seal of [() => client.seal(32, NOTHING, 1), () => client.sealClose(0, 1)]) {
      expect(seal).toThrow(errorWith('session_over'));
    }
    expect(() => server.seal(32, NOTHING, 1)).toThrow(errorWith('session_over'));
    expect(() => server.open(next)).toThrow(errorWith('record_rejected'));
  });

  test('unknown codes count as normal', () => {
    expect([0, 5, 7, 8, 65_535].map((code) => closeCodeOf(code))).toEqual([0, 5, 7, 0, 0]);
    const reconnecting = Object.values(CLOSE_CODE).filter((code) => mayReconnectAfter(code));
    expect(reconnecting).toEqual([1, 2, 3, 5]);
  });
});
