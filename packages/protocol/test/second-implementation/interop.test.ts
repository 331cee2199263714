// Correctness by agreement: the implementation written from the specification alone, against this package, both ways.
import { describe, expect, test } from 'vitest';
import { allBackends } from '../backends.js';
import { theyCall, weCall, type Interop } from './interoperate.js';
import { KIND } from './session.js';

/** Around each edge of a bucket that is quick to try, and the largest. */
const SIZES = [
  0, 1, 242, 243, 244, 498, 499, 500, 1010, 1011, 1012, 65_522, 65_523, 65_524, 262_131,
];
const REKEYS = 3;

type Ours = ReturnType<typeof theyCall>['ours'] | ReturnType<typeof weCall>['ours'];

function exchangeTexts({ ours, theirs }: Interop<Ours>): void {
  for (const size of SIZES) {
    const body = new Uint8Array(size).fill(size & 0xff);
    expect(theirs.open(ours.seal(32, body, size))).toEqual({ kind: 32, timeMs: size, body });
    const back = ours.open(theirs.seal(200, body, 2 ** 53 - 1));
    expect({ ...back, body: back.body.slice() }).toEqual({ kind: 200, timeMs: 2 ** 53 - 1, body });
  }
  theirs.open(ours.seal(KIND.ping, new Uint8Array(0), 1));
  ours.open(theirs.seal(KIND.pong, new Uint8Array(0), 1));
}

describe.each(allBackends)('with the $name back end, the second implementation', (backend) => {
  test.each([
    ['without an invite', undefined],
    ['with one of several invites', new Uint8Array(32).fill(9)],
  ])('as client %s: handshake, texts, rekeys, CLOSE', (_name, psk) => {
    const { ours, theirs } = theyCall(backend, psk);
    exchangeTexts({ ours, theirs });
    for (let epoch = 1; epoch <= REKEYS; epoch += 1) {
      expect(theirs.open(ours.sealRekeyRequest(1)).kind).toBe(KIND.rekeyRequest);
      ours.open(theirs.startRekey(1));
      // What was under way in the old epoch still counts.
      ours.open(theirs.seal(32, new Uint8Array(3), 1));
      theirs.open(ours.sealRekeyAnswer(1));
      expect([ours.epoch, theirs.epoch]).toEqual([epoch, epoch]);
      exchangeTexts({ ours, theirs });
    }
    ours.open(theirs.close(0, 1));
    theirs.open(ours.sealClose(0, 1));
    expect(ours.peerClose).toMatchObject({ code: 0, allArrived: true });
    expect(theirs.peerClose?.code).toBe(0);
  });

  test.each([
    ['without an invite', undefined],
    ['with one of several invites', new Uint8Array(32).fill(9)],
  ])('as server %s: handshake, texts, rekeys, CLOSE', (_name, psk) => {
    const { ours, theirs } = weCall(backend, psk);
    exchangeTexts({ ours, theirs });
    for (let epoch = 1; epoch <= REKEYS; epoch += 1) {
      expect(ours.open(theirs.seal(KIND.rekeyRequest, new Uint8Array(0), 1)).kind).toBe(18);
      theirs.open(ours.sealRekeyStart(1));
      theirs.open(ours.seal(32, new Uint8Array(3), 1));
      ours.open(theirs.answerRekey(1));
      expect([ours.epoch, theirs.epoch]).toEqual([epoch, epoch]);
      exchangeTexts({ ours, theirs });
    }
    theirs.open(ours.sealClose(7, 1));
    expect(theirs.peerClose?.code).toBe(7);
    ours.open(theirs.close(0, 1));
    expect(ours.peerClose).toMatchObject({ isAnswer: true, allArrived: true });
  });
});
