// Records that arrive, and others in their place that do not: what is rejected has changed nothing.
import { mutate, type FuzzTarget, type SeededRandom } from '@gravy/testing';
import { nodeBackend } from '../../src/backend/node/node.js';
import { ProtocolError } from '../../src/errors.js';
import { entropyOf } from '../../src/random-source.js';
import { openAsClient } from '../../src/record/open-as-client.js';
import { openAsServer } from '../../src/record/open-as-server.js';
import { sealRekeyStart } from '../../src/record/seal-as-client.js';
import {
  mayRequestRekey,
  sealRekeyAnswer,
  sealRekeyRequest,
} from '../../src/record/seal-as-server.js';
import { sealNext, type Sealed } from '../../src/record/seal-next.js';
import {
  startClientState,
  startServerState,
  type SessionState,
} from '../../src/record/session-state.js';
import { snapshotOf } from './snapshot.js';

const entropy = entropyOf(nodeBackend, undefined);

function statesFrom(random: SeededRandom) {
  const [a, b, c, d] = [1, 2, 3, 4].map(() => random.bytes(32));
  if (!a || !b || !c || !d) throw new Error('Four secrets are needed.');
  const secrets = () => ({
    clientToServer: a.slice(),
    serverToClient: b.slice(),
    root: c.slice(),
    sessionId: d.slice(),
  });
  return { client: startClientState(secrets()), server: startServerState(secrets()) };
}

function assertRejected(
  open: (frame: Uint8Array) => unknown,
  state: SessionState,
  frame: Uint8Array,
): void {
  const before = snapshotOf(state);
  try {
    open(frame);
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.code !== 'record_rejected') throw error;
    if (snapshotOf(state) !== before)
      throw new Error('A rejected record has changed the state.', { cause: error });
    return;
  }
  throw new Error('A record was taken that nobody had sent.');
}

export function rejections(): FuzzTarget & {
  readonly figures: { rejected: number; taken: number };
} {
  const figures = { rejected: 0, taken: 0 };
  const attempt = (random: SeededRandom): void => {
    let { client, server } = statesFrom(random);
    const onTheWay: { toClient: Uint8Array[]; toServer: Uint8Array[] } = {
      toClient: [],
      toServer: [],
    };
    const fromClient = ({ frame, next }: Sealed<typeof client>): void => {
      onTheWay.toServer.push(frame);
      client = next;
    };
    const fromServer = ({ frame, next }: Sealed<typeof server>): void => {
      onTheWay.toClient.push(frame);
      server = next;
    };
    const text = () => ({ kind: 32, timeMs: 1, body: random.bytes(random.below(300)) });
    /** First others in its place, then the honest one, which opens as if nothing had been. */
    const deliver = (toClient: boolean): void => {
      const [queue, other] = toClient
        ? [onTheWay.toClient, onTheWay.toServer]
        : [onTheWay.toServer, onTheWay.toClient];
      const frame = queue.shift();
      if (!frame) return;
      const state = toClient ? client : server;
      const open = (input: Uint8Array) =>
        toClient ? openAsClient(entropy, client, input) : openAsServer(entropy, server, input);
      const impostors = [
        mutate(random, frame),
        random.bytes(random.below(600)),
        ...queue.slice(0, 2),
        ...other.slice(0, 1),
      ];
      for (const impostor of impostors.filter((it) => !Buffer.from(it).equals(frame))) {
        assertRejected(open, state, impostor);
        figures.rejected += 1;
      }
      if (toClient) client = openAsClient(entropy, client, frame).next;
      else server = openAsServer(entropy, server, frame).next;
      figures.taken += 1;
    };
    const actions = [
      () => fromClient(sealNext(nodeBackend, client, text())),
      () => fromServer(sealNext(nodeBackend, server, text())),
      () => deliver(true),
      () => deliver(false),
      () => deliver(random.oneIn(2)),
      () => client.rekey ?? fromClient(sealRekeyStart(entropy, client, 1)),
      () =>
        mayRequestRekey(server) ? fromServer(sealRekeyRequest(nodeBackend, server, 1)) : undefined,
      () =>
        server.rekey?.kind === 'owed'
          ? fromServer(sealRekeyAnswer(nodeBackend, server, 1))
          : undefined,
    ];
    for (let steps = 10 + random.below(40); steps > 0; steps -= 1) random.pick(actions)();
  };
  return { name: 'rejection', attempt, figures };
}
