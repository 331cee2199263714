// One input put to both implementations, at the same point of the same handshake or session.
import {
  awaitHandshake,
  OwnKey,
  ProtocolError,
  startHandshake,
  type CryptoBackend,
} from '../../src/index.js';
import { exampleDraw as draw } from './appendix.js';
import { startClient } from './client.js';
import { idOf, join, open, Refused, seal, type Box } from './primitives.js';
import { macOf } from './schedule.js';
import { answerClient } from './server.js';

/** Whether it was taken. What is thrown otherwise must be a refusal, and no accident. */
export function accepts(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (error instanceof Refused || error instanceof ProtocolError) return false;
    throw error;
  }
}

export interface Verdicts {
  readonly ours: boolean;
  readonly theirs: boolean;
}

export interface Place {
  readonly name: string;
  /** What an honest peer sends here, by the package and by the second implementation. */
  readonly honest: readonly [Uint8Array, Uint8Array];
  readonly judge: (input: Uint8Array) => Verdicts;
}

/** The four messages of the handshake of Appendix A. */
export function handshakePlaces(backend: CryptoBackend): readonly Place[] {
  const [clientSeed, serverSeed] = [draw('client.seed', 32), draw('server.seed', 32)];
  const psk = draw('psk', 32);
  const serverId = idOf(serverSeed);
  const [clientKey, serverKey] = [clientSeed, serverSeed].map((seed) =>
    OwnKey.fromSeed(seed, backend),
  );
  if (!clientKey || !serverKey) throw new Error('There are two keys.');
  const invites = [{ key: 'invite', psk }];
  // Steps of the package are used once, so each input needs new ones; those of the second implementation do not.
  const hello = () =>
    startHandshake({ ownKey: clientKey, peerId: serverId, psk, backend, random: draw });
  const awaiting = () => awaitHandshake({ ownKey: serverKey, invites, backend, random: draw });

  const noted = new Map<string, Uint8Array>();
  const note = (name: string, value: Uint8Array): void => void noted.set(name, value);
  const start = startClient({ seed: clientSeed, serverId, psk, draw, note });
  const answer = (input: Uint8Array) =>
    answerClient({ seed: serverSeed, invites: [psk], draw }, input);
  const reply = answer(start.msg1);
  const proof = start.receive(reply.msg2);
  const { msg4 } = reply.receive(proof.msg3);
  const proven = awaiting().receive(start.msg1).next.receive(proof.msg3);
  proof.receive(msg4);
  const value = (name: string): Uint8Array => noted.get(name) ?? new Uint8Array(0);
  const message1: Place = {
    name: 'message 1',
    honest: [hello().message, start.msg1],
    judge: (input) => ({
      ours: accepts(() => awaiting().receive(input)),
      theirs: accepts(() => answer(input)),
    }),
  };
  const message2: Place = {
    name: 'message 2',
    honest: [awaiting().receive(start.msg1).message, reply.msg2],
    judge: (input) => ({
      ours: accepts(() => hello().next.receive(input)),
      theirs: accepts(() => start.receive(input)),
    }),
  };
  const message3: Place = {
    name: 'message 3',
    honest: [hello().next.receive(reply.msg2).message, proof.msg3],
    judge: (input) => {
      const state = awaiting().receive(start.msg1).next;
      return {
        ours: accepts(() => state.receive(input)),
        theirs: accepts(() => reply.receive(input)),
      };
    },
  };
  const message4: Place = {
    name: 'message 4',
    honest: [proven.accept().message, msg4],
    judge: (input) => {
      const state = hello().next.receive(reply.msg2).next;
      return {
        ours: accepts(() => state.receive(input)),
        theirs: accepts(() => proof.receive(input)),
      };
    },
  };
  return [
    message1,
    withMac(message1, serverId),
    message2,
    message3,
    inside(message3, { key: value('k3'), ad: value('h2') }),
    message4,
    inside(message4, { key: value('k4'), ad: value('h3') }),
  ];
}

/** Message 1 without its `mac1`, which is made anew for every input. */
function withMac({ honest: [ours, theirs], judge }: Place, serverId: Uint8Array): Place {
  return {
    name: 'message 1 under a new mac1',
    honest: [ours.subarray(0, 1236), theirs.subarray(0, 1236)],
    judge: (input) => judge(join(input, macOf(serverId, input))),
  };
}

/** The plaintext of a message, which is sealed anew for every input. */
function inside({ name, honest, judge }: Place, box: Box): Place {
  const [ours, theirs] = honest;
  return {
    name: `the inside of ${name}`,
    honest: [open(box, ours.subarray(1)), open(box, theirs.subarray(1))],
    judge: (input) => judge(join(theirs.subarray(0, 1), seal(box, input))),
  };
}
