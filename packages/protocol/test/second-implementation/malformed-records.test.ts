// What only a peer that holds the keys can send, and must not: both implementations judge it alike.
import { describe, expect, test } from 'vitest';
import { nodeBackend } from '../../src/node.js';
import { innerOf } from './frame.js';
import { join, u16, u32, u64, zeros } from './primitives.js';
import {
  receivingClients,
  receivingServers,
  type ReceivingClients,
  type ReceivingServers,
} from './receivers.js';
import { KIND, type Session } from './session.js';
import { accepts, type Verdicts } from './verdicts.js';

const NOTHING = zeros(0);
const { ping, pong, rekey1, rekey2, rekeyRequest, close } = KIND;
const ZERO_POINT = zeros(32);

/** Seals a record that may be of any kind. */
const record = (sender: Session, kind: number, body: Uint8Array = NOTHING): Uint8Array =>
  sender.sealInner(innerOf({ kind, timeMs: 1, body }));

function changed(bytes: Uint8Array, offset: number, ...by: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(by, offset);
  return copy;
}

/** A text of one byte whose inner plaintext is of this length and differs at some place. */
const odd = (length: number, offset: number, ...by: readonly number[]): Uint8Array => {
  const inner = innerOf({ kind: 32, timeMs: 1, body: Uint8Array.of(1) });
  return changed(join(inner, zeros(length - inner.length)), offset, ...by);
};

type Either = ReceivingClients | ReceivingServers;
type Fault<To> = readonly [name: string, frame: (to: To) => Uint8Array];

function judge({ ours, theirs }: Either, frame: Uint8Array): Verdicts {
  return { ours: accepts(() => ours.open(frame)), theirs: accepts(() => theirs.open(frame)) };
}

/** Both take it. */
function deliver(to: Either, frame: Uint8Array): void {
  to.ours.open(frame);
  to.theirs.open(frame);
}

function deliverRekey1(to: ReceivingServers): Uint8Array {
  const frame = to.sender.startRekey(1);
  deliver(to, frame);
  return frame;
}

/** Both servers answer with the same bytes, since they draw the same. */
function rekeyed(to: ReceivingServers): void {
  deliverRekey1(to);
  const answer = to.ours.sealRekeyAnswer(1);
  expect(to.theirs.answerRekey(1)).toEqual(answer);
  to.sender.open(answer);
}

/** The body of the REKEY1 that the sender would send next, which it does not send. */
function rekey1Body({ theirs, sender }: ReceivingServers): Uint8Array {
  return theirs.open(sender.startRekey(1)).body;
}

/** Of a REKEY1 of the same draws, out of a conversation of its own. */
const honestRekey1 = rekey1Body(receivingServers(nodeBackend));
const honestRekey2 = ((to: ReceivingClients) => {
  to.sender.open(to.theirs.startRekey(1));
  return to.theirs.open(to.sender.answerRekey(1)).body;
})(receivingClients(nodeBackend));

function outstanding(to: ReceivingClients): ReceivingClients {
  const frame = to.ours.sealRekeyStart(1);
  expect(to.theirs.startRekey(1)).toEqual(frame);
  to.sender.open(frame);
  return to;
}

const fatalToBoth: readonly Fault<Either>[] = [
  ...[0, 1, 2, 5, 15, 19, 30].map((kind): Fault<Either> => [
    `the unknown kind ${kind}`,
    ({ sender }) => record(sender, kind),
  ]),
  ['a PING with a body', ({ sender }) => record(sender, ping, zeros(1))],
  ['a PONG with a body', ({ sender }) => record(sender, pong, zeros(1))],
  ['a CLOSE that is too short', ({ sender }) => record(sender, close, zeros(9))],
  ['a CLOSE that is too long', ({ sender }) => record(sender, close, zeros(11))],
  [
    'a CLOSE that counts what was not sent',
    ({ sender }) => record(sender, close, join(u16(0), u64(1))),
  ],
  [
    'a CLOSE that counts up to the end',
    ({ sender }) => record(sender, close, join(u16(0), zeros(8).fill(0xff))),
  ],
  [
    'a record after CLOSE',
    (to) => {
      deliver(to, to.sender.close(0, 1));
      return record(to.sender, 32);
    },
  ],
  ['padding that ends in a one', ({ sender }) => sender.sealInner(odd(256, 255, 1))],
  ['padding that begins with a one', ({ sender }) => sender.sealInner(odd(256, 14, 1))],
  ['a larger bucket than needed', ({ sender }) => sender.sealInner(odd(512, 13, 1))],
  ['an inside of no bucket', ({ sender }) => sender.sealInner(odd(257, 13, 1))],
  ['no inside', ({ sender }) => sender.sealInner(NOTHING)],
  [
    'a bucket above the largest',
    ({ sender }) => sender.sealInner(odd(524_288, 9, ...u32(300_000))),
  ],
  [
    'a length one beyond its bucket',
    ({ sender }) => sender.sealInner(odd(256, 9, ...u32(256 - 13 + 1))),
  ],
  ['the largest length', ({ sender }) => sender.sealInner(odd(256, 9, ...u32(0xffffffff)))],
  [
    'a record again',
    (to) => {
      const frame = record(to.sender, 32);
      deliver(to, frame);
      return frame;
    },
  ],
  [
    'a record after one that is missing',
    ({ sender }) => {
      record(sender, 32);
      return record(sender, 32);
    },
  ],
];

const fatalToServers: readonly Fault<ReceivingServers>[] = [
  ['an unknown kind with the body of REKEY1', ({ sender }) => record(sender, 19, honestRekey1)],
  ['a REKEY2 with the body of REKEY1', ({ sender }) => record(sender, rekey2, honestRekey1)],
  ['a REKEY2', ({ sender }) => record(sender, rekey2, honestRekey2)],
  ['a REKEY_REQ', ({ sender }) => record(sender, rekeyRequest)],
  ['a short REKEY1', ({ sender }) => record(sender, rekey1, honestRekey1.subarray(0, 1219))],
  ['a long REKEY1', ({ sender }) => record(sender, rekey1, join(honestRekey1, zeros(1)))],
  ['REKEY1 to the same epoch', ({ sender }) => record(sender, rekey1, changed(honestRekey1, 3, 0))],
  ['REKEY1 past an epoch', ({ sender }) => record(sender, rekey1, changed(honestRekey1, 3, 2))],
  [
    'REKEY1 with a zero agreement',
    ({ sender }) => record(sender, rekey1, changed(honestRekey1, 4, ...ZERO_POINT)),
  ],
  [
    'REKEY1 whose ek fails the modulus check',
    ({ sender }) => record(sender, rekey1, changed(honestRekey1, 36, 0x01, 0x0d)),
  ],
  [
    'a second REKEY1 before the answer',
    (to) => {
      deliverRekey1(to);
      return record(to.sender, rekey1, honestRekey1);
    },
  ],
  [
    'a second REKEY1 in the old epoch after the answer',
    (to) => {
      deliverRekey1(to);
      to.ours.sealRekeyAnswer(1);
      to.theirs.answerRekey(1);
      return record(to.sender, rekey1, honestRekey1);
    },
  ],
  [
    'REKEY1 of the new epoch, to the epoch that is there already',
    (to) => {
      rekeyed(to);
      return record(to.sender, rekey1, honestRekey1);
    },
  ],
];

const fatalToClients: readonly Fault<ReceivingClients>[] = [
  ['a REKEY1', ({ sender }) => record(sender, rekey1, honestRekey1)],
  [
    'an unknown kind with the body of REKEY2',
    (to) => record(outstanding(to).sender, 19, honestRekey2),
  ],
  ['a REKEY2 unasked', ({ sender }) => record(sender, rekey2, honestRekey2)],
  ['a REKEY_REQ with a body', ({ sender }) => record(sender, rekeyRequest, zeros(1))],
  [
    'a short REKEY2',
    (to) => record(outstanding(to).sender, rekey2, honestRekey2.subarray(0, 1123)),
  ],
  ['a long REKEY2', (to) => record(outstanding(to).sender, rekey2, join(honestRekey2, zeros(1)))],
  [
    'REKEY2 to the same epoch',
    (to) => record(outstanding(to).sender, rekey2, changed(honestRekey2, 3, 0)),
  ],
  [
    'REKEY2 past an epoch',
    (to) => record(outstanding(to).sender, rekey2, changed(honestRekey2, 3, 2)),
  ],
  [
    'REKEY2 with a zero agreement',
    (to) => record(outstanding(to).sender, rekey2, changed(honestRekey2, 4, ...ZERO_POINT)),
  ],
  [
    'a record of the old epoch after REKEY2',
    (to) => {
      deliver(outstanding(to), record(to.sender, rekey2, honestRekey2));
      return record(to.sender, 32);
    },
  ],
];

const allowedToBoth: readonly Fault<Either>[] = [
  ['an unknown kind from 128 on', ({ sender }) => record(sender, 255)],
  ['a PING', ({ sender }) => record(sender, ping)],
  ['a PONG without a PING', ({ sender }) => record(sender, pong)],
  [
    'a time far beyond all clocks',
    ({ sender }) => sender.sealInner(odd(256, 1, ...zeros(8).fill(255))),
  ],
  ['a CLOSE with an unknown code', ({ sender }) => sender.close(999, 1)],
];
const allowedToServers: readonly Fault<ReceivingServers>[] = [
  ['a REKEY1', ({ sender }) => record(sender, rekey1, honestRekey1)],
  [
    'a REKEY1 of the new epoch as its first record',
    (to) => {
      rekeyed(to);
      return to.sender.startRekey(1);
    },
  ],
];
const allowedToClients: readonly Fault<ReceivingClients>[] = [
  ['a REKEY2', (to) => record(outstanding(to).sender, rekey2, honestRekey2)],
  ['a REKEY_REQ', ({ sender }) => record(sender, rekeyRequest)],
  ['a REKEY_REQ during a rekey', (to) => record(outstanding(to).sender, rekeyRequest)],
];

describe('refused by both, as server', () => {
  test.each([...fatalToBoth, ...fatalToServers])('%s', (_name, fault) => {
    const to = receivingServers(nodeBackend);
    expect(judge(to, fault(to))).toEqual({ ours: false, theirs: false });
  });
});

describe('refused by both, as client', () => {
  test.each([...fatalToBoth, ...fatalToClients])('%s', (_name, fault) => {
    const to = receivingClients(nodeBackend);
    expect(judge(to, fault(to))).toEqual({ ours: false, theirs: false });
  });
});

describe('taken by both, as server', () => {
  test.each([...allowedToBoth, ...allowedToServers])('%s', (_name, allowed) => {
    const to = receivingServers(nodeBackend);
    expect(judge(to, allowed(to))).toEqual({ ours: true, theirs: true });
  });
});

describe('taken by both, as client', () => {
  test.each([...allowedToBoth, ...allowedToClients])('%s', (_name, allowed) => {
    const to = receivingClients(nodeBackend);
    expect(judge(to, allowed(to))).toEqual({ ours: true, theirs: true });
  });
});
