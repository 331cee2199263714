// Whatever arrives in the place of a record, at a session in each of its states.
import { mutate, type SeededRandom } from '@gravy/testing';
import { nodeBackend } from '../../src/backend/node/node.js';
import { ProtocolError } from '../../src/errors.js';
import { entropyOf } from '../../src/random-source.js';
import { sealRecord, type Direction } from '../../src/record/direction.js';
import { innerBytes, writeInner } from '../../src/record/inner.js';
import { PROTOCOL_KIND } from '../../src/record/kind.js';
import { openAsClient } from '../../src/record/open-as-client.js';
import { openAsServer } from '../../src/record/open-as-server.js';
import type { ReceivedRecord } from '../../src/record/received-record.js';
import { startRekey } from '../../src/record/rekey/outstanding-rekey.js';
import { answerRekey } from '../../src/record/rekey/rekey-answer.js';
import type { SessionSecrets } from '../../src/record/session-secrets.js';
import {
  startClientState,
  startServerState,
  type SessionState,
} from '../../src/record/session-state.js';
import { sealInside } from '../seal-inside.js';
import type { MessageTarget } from './fuzz-handshake.js';
import { snapshotOf } from './snapshot.js';

const entropy = entropyOf(nodeBackend, undefined);
const secrets = (): SessionSecrets => ({
  clientToServer: new Uint8Array(32).fill(1),
  serverToClient: new Uint8Array(32).fill(2),
  root: new Uint8Array(32).fill(3),
  sessionId: new Uint8Array(32).fill(4),
});

const client = startClientState(secrets());
const server = startServerState(secrets());
const rekey = startRekey(entropy, 1);
const { root, sessionId } = server;
const answer = answerRekey(entropy, { root, sessionId, epoch: 1 }, rekey.rekey1);
if (!answer) throw new Error('The honest rekey was refused.');
const owed = { ...server, rekey: { kind: 'owed', answer } } as const;
const answered = {
  ...server,
  rekey: { kind: 'answered', nextReceivingKey: answer.clientToServer },
} as const;

interface Receiver {
  readonly state: SessionState;
  readonly open: (frame: Uint8Array) => unknown;
  /** Positions from which a peer may send. */
  readonly directions: readonly Direction[];
}

function clientReceiver(state: typeof client): Receiver {
  return {
    state,
    open: (frame) => openAsClient(entropy, state, frame),
    directions: [state.receiving],
  };
}

function serverReceiver(state: typeof server, ...more: readonly Direction[]): Receiver {
  return {
    state,
    open: (frame) => openAsServer(entropy, state, frame),
    directions: [state.receiving, ...more],
  };
}

const receivers: readonly Receiver[] = [
  clientReceiver(client),
  clientReceiver({ ...client, rekey }),
  clientReceiver({ ...client, hasClosed: true }),
  clientReceiver({ ...client, peerClose: { code: 0, isAnswer: false, allArrived: true } }),
  serverReceiver(server),
  serverReceiver(owed),
  serverReceiver(answered, { ...server.receiving, epoch: 1, chainKey: answer.clientToServer }),
];

const bodies: readonly (readonly [kind: number, body: Uint8Array])[] = [
  [32, new Uint8Array(0)],
  [32, new Uint8Array(300).fill(5)],
  [PROTOCOL_KIND.ping, new Uint8Array(0)],
  [PROTOCOL_KIND.rekey1, rekey.rekey1],
  [PROTOCOL_KIND.rekey2, answer.rekey2],
  [PROTOCOL_KIND.rekeyRequest, new Uint8Array(0)],
  [PROTOCOL_KIND.close, new Uint8Array(9)],
];

function inputFor(random: SeededRandom, direction: Direction): Uint8Array {
  const [kind, body] = random.pick(bodies);
  const record: ReceivedRecord = { kind, body, timeMs: 1 };
  const way = random.below(4);
  if (way === 0) return mutate(random, sealRecord(nodeBackend, direction, record).frame);
  if (way === 1) return random.bytes(random.below(600));
  if (way === 2) {
    const forged = {
      ...record,
      kind: random.below(256),
      body: mutate(random, Uint8Array.of(0, ...body)),
    };
    return sealRecord(nodeBackend, direction, forged).frame;
  }
  const inner = new Uint8Array(innerBytes(record));
  writeInner(inner, record);
  return sealInside(direction, mutate(random, inner));
}

export function recordTarget(): MessageTarget {
  const seen = new Map<string, number>();
  const before = receivers.map(({ state }) => snapshotOf(state));
  const attempt = (random: SeededRandom): void => {
    const at = random.below(receivers.length);
    const receiver = receivers[at];
    if (!receiver) return;
    const frame = inputFor(random, random.pick(receiver.directions));
    let outcome = 'taken';
    try {
      receiver.open(frame);
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.code !== 'record_rejected') throw error;
      outcome = error.code;
    }
    if (snapshotOf(receiver.state) !== before[at]) throw new Error('The state has changed.');
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  };
  return { name: 'record', attempt, seen };
}
