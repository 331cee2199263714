// Correctness by agreement: the implementation written from the specification alone, against this package, both ways.
import { SeededRandom } from '@gravy/testing';
import { describe, expect, test } from 'vitest';
import { allBackends } from '../backends.js';
import { theyCall, weCall, type Interop } from './interoperate.js';
import { KIND } from './session.js';

/** Around each edge of a bucket that is quick to try, and the largest. */
const SMALL_SIZES = [0, 1, 64, 242, 243, 244, 498, 499, 500, 1010, 1011, 1012];
const SIZES = [...SMALL_SIZES, 65_522, 65_523, 65_524, 262_131];
const REKEYS = 3;
const SEED = 20_261_123;
const NOTHING = new Uint8Array(0);

type Ours = ReturnType<typeof theyCall>['ours'] | ReturnType<typeof weCall>['ours'];

function exchangeTexts({ ours, theirs }: Interop<Ours>, sizes = SIZES): void {
  for (const size of sizes) {
    const body = new Uint8Array(size).fill(size & 0xff);
    expect(theirs.open(ours.seal(32, body, size))).toEqual({ kind: 32, timeMs: size, body });
    const back = ours.open(theirs.seal(200, body, 2 ** 53 - 1));
    expect({ ...back, body: back.body.slice() }).toEqual({ kind: 200, timeMs: 2 ** 53 - 1, body });
  }
  expect(ours.open(theirs.seal(KIND.ping, NOTHING, 1)).kind).toBe(KIND.ping);
  expect(theirs.open(ours.seal(KIND.pong, NOTHING, 1)).kind).toBe(KIND.pong);
  expect(ours.open(theirs.seal(KIND.pong, NOTHING, 1)).kind).toBe(KIND.pong);
}

const ways = [
  ['without an invite', undefined],
  ['with one of several invites', new Uint8Array(32).fill(9)],
] as const;

describe.each(allBackends)(`with the $name back end, seed ${SEED}`, (backend) => {
  const options = (psk?: Uint8Array) => ({ backend, random: new SeededRandom(SEED), psk });

  test.each(ways)('second as client %s: handshake, texts, rekeys, CLOSE', (_name, psk) => {
    const { ours, theirs } = theyCall(options(psk));
    exchangeTexts({ ours, theirs });
    for (let epoch = 1; epoch <= REKEYS; epoch += 1) {
      expect(theirs.open(ours.sealRekeyRequest(1)).kind).toBe(KIND.rekeyRequest);
      ours.open(theirs.startRekey(1));
      const answer = ours.sealRekeyAnswer(1);
      // What was under way in the old epoch still counts.
      ours.open(theirs.seal(32, new Uint8Array(3), 1));
      theirs.open(answer);
      expect([ours.epoch, theirs.epoch]).toEqual([epoch, epoch]);
      // The first record of the new epoch is either side's.
      if (epoch === 1) theirs.open(ours.seal(32, NOTHING, 1));
      if (epoch < REKEYS) exchangeTexts({ ours, theirs }, SMALL_SIZES);
    }
    ours.open(theirs.close(0, 1));
    theirs.open(ours.sealClose(0, 1));
    expect(ours.peerClose).toMatchObject({ code: 0, allArrived: true });
    expect(theirs.peerClose?.code).toBe(0);
  });

  test.each(ways)('second as server %s: handshake, texts, rekeys, CLOSE', (_name, psk) => {
    const { ours, theirs } = weCall(options(psk));
    exchangeTexts({ ours, theirs });
    for (let epoch = 1; epoch <= REKEYS; epoch += 1) {
      expect(ours.open(theirs.requestRekey(1)).kind).toBe(KIND.rekeyRequest);
      theirs.open(ours.sealRekeyStart(1));
      const answer = theirs.answerRekey(1);
      theirs.open(ours.seal(32, new Uint8Array(3), 1));
      ours.open(answer);
      expect([ours.epoch, theirs.epoch]).toEqual([epoch, epoch]);
      if (epoch === 1) ours.open(theirs.seal(32, NOTHING, 1));
      if (epoch < REKEYS) exchangeTexts({ ours, theirs }, SMALL_SIZES);
    }
    theirs.open(ours.sealClose(7, 1));
    expect(theirs.peerClose?.code).toBe(7);
    ours.open(theirs.close(0, 1));
    expect(ours.peerClose).toMatchObject({ isAnswer: true, allArrived: true });
  });

  test('second as client: what it closes during its rekey still takes up REKEY2', () => {
    const { ours, theirs } = theyCall(options());
    ours.open(theirs.startRekey(1));
    const [rekey2, text] = [ours.sealRekeyAnswer(1), ours.seal(32, NOTHING, 1)];
    ours.open(theirs.close(1, 1));
    theirs.open(rekey2);
    theirs.open(text);
    theirs.open(ours.sealClose(0, 1));
    expect([ours.peerClose?.code, theirs.peerClose]).toEqual([1, { code: 0, count: 2 }]);
  });

  test('second as server: what the other closes during its rekey still takes up REKEY2', () => {
    const { ours, theirs } = weCall(options());
    theirs.open(ours.sealRekeyStart(1));
    const [rekey2, text] = [theirs.answerRekey(1), theirs.seal(32, NOTHING, 1)];
    theirs.open(ours.sealClose(1, 1));
    ours.open(rekey2);
    ours.open(text);
    ours.open(theirs.close(0, 1));
    expect(theirs.peerClose).toEqual({ code: 1, count: 0 });
    expect(ours.peerClose).toMatchObject({ code: 0, isAnswer: true });
  });

  test.each([
    ['client', theyCall],
    ['server', weCall],
  ] as const)('second as %s: features that nobody knows are ignored', (_role, connect) => {
    const features = Uint8Array.of(0x80, 0, 0xff, 1);
    exchangeTexts(connect({ ...options(), features }), SMALL_SIZES);
  });

  test('CLOSE that crosses CLOSE is taken by both', () => {
    const { ours, theirs } = weCall(options());
    const [one, other] = [ours.sealClose(7, 1), theirs.close(1, 1)];
    ours.open(other);
    theirs.open(one);
    expect(ours.peerClose).toMatchObject({ code: 1, isAnswer: false });
    expect(theirs.peerClose).toEqual({ code: 7, count: 0 });
  });
});
