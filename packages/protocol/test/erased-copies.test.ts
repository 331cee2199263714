// Keys that are parts of longer outputs are copied out of them. Every copy is overwritten, too, whatever becomes of a record.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { isAllZero } from '../src/bytes.js';
import { entropyOf } from '../src/random-source.js';
import { ClientSession } from '../src/record/client-session.js';
import { openRecord, sealRecord, startDirection } from '../src/record/direction.js';
import { PROTOCOL_KIND } from '../src/record/kind.js';
import { ServerSession } from '../src/record/server-session.js';
import { errorWith } from './pair.js';

const copies = vi.hoisted((): Uint8Array[] => []);
vi.mock(import('../src/bytes.js'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    copyBytes: (...source: Parameters<typeof original.copyBytes>) => {
      const copy = original.copyBytes(...source);
      copies.push(copy);
      return copy;
    },
  };
});

const NOTHING = new Uint8Array(0);
const rejected = errorWith('record_rejected');
const entropy = entropyOf(nodeBackend, undefined);
const peerId = new Uint8Array(32);
const secrets = () => ({
  clientToServer: new Uint8Array(32).fill(1),
  serverToClient: new Uint8Array(32).fill(2),
  root: new Uint8Array(32).fill(3),
  sessionId: new Uint8Array(32).fill(4),
});

function frameOf(kind: number): Uint8Array {
  const direction = startDirection(secrets().clientToServer);
  return sealRecord(nodeBackend, direction, { kind, body: NOTHING, timeMs: 1 }).frame;
}

const left = (): number => copies.filter((copy) => !isAllZero(copy)).length;

describe('copies of keys are overwritten', () => {
  let client: ClientSession;
  let server: ServerSession;
  beforeEach(() => {
    client = new ClientSession(peerId, entropy, secrets());
    server = new ServerSession(peerId, entropy, secrets());
    copies.length = 0;
  });

  test('when a record is not authentic', () => {
    const frame = frameOf(32);
    frame.set([(frame[20] ?? 0) ^ 1], 20);
    copies.length = 0;
    const direction = startDirection(secrets().clientToServer);
    expect(() => openRecord(nodeBackend, direction, frame)).toThrow(rejected);
    expect(copies.length).toBeGreaterThan(1);
    expect(left()).toBe(0);
  });

  test('when a record is authentic, and does not belong there', () => {
    const frame = frameOf(PROTOCOL_KIND.rekey2);
    copies.length = 0;
    expect(() => server.open(frame)).toThrow(rejected);
    expect(copies.length).toBeGreaterThan(1);
    expect(left()).toBe(0);
  });

  test.each(['owed', 'answered', 'finished'] as const)(
    'with the session, when the answer to a rekey is %s',
    (stage) => {
      server.open(client.sealRekeyStart(1));
      if (stage !== 'owed') client.open(server.sealRekeyAnswer(1));
      if (stage === 'finished') server.open(client.seal(32, NOTHING, 1));
      expect(left()).toBeGreaterThan(2);
      client.erase();
      server.erase();
      expect(left()).toBe(0);
    },
  );
});
