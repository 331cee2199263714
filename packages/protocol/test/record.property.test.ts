import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { openRecord, sealRecord, startDirection, type Direction } from '../src/record/direction.js';
import { endReason } from '../src/record/end-reason.js';
import { CLOSE_CODE, mayReconnectAfter } from '../src/record/close-code.js';
import { allBackends } from './backends.js';
import { errorWith, runHandshake } from './pair.js';
import { sealInside } from './seal-inside.js';

const SEED = 20_261_123;
const settings = { seed: SEED, numRuns: 60 };

const record = fc.record({
  kind: fc.integer({ min: 32, max: 255 }),
  timeMs: fc.maxSafeNat(),
  body: fc.uint8Array({ maxLength: 3000 }),
});

describe.each(allBackends)('records with the $name back end', (backend) => {
  test('come out as they went in, in order', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), (records) => {
        let [sending, receiving] = [direction(), direction()];
        for (const sent of records) {
          const sealed = sealRecord(backend, sending, sent);
          const opened = openRecord(backend, receiving, sealed.frame);
          expect({ ...opened.record, body: opened.record.body.slice() }).toEqual(sent);
          expect(opened.next).toEqual(sealed.next);
          [sending, receiving] = [sealed.next, opened.next];
        }
      }),
      settings,
    );
  });
});

/** What a network can do to the frames `0..n-1`, of which the receiver has opened the first `expected`. */
type Attack = (frames: readonly Uint8Array[], expected: number, at: number) => Uint8Array;

const attacks: Record<string, Attack> = {
  'flips a bit': (frames, expected, at) => {
    const frame = pick(frames, expected).slice();
    const bit = at % (frame.length * 8);
    frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return frame;
  },
  truncates: (frames, expected, at) => {
    const frame = pick(frames, expected);
    return frame.subarray(0, at % frame.length);
  },
  appends: (frames, expected, at) => {
    const longer = new Uint8Array(pick(frames, expected).length + 1 + (at % 700));
    longer.set(pick(frames, expected));
    return longer;
  },
  replays: (frames, expected, at) => pick(frames, at % expected),
  skips: (frames, expected, at) => pick(frames, expected + 1 + (at % 2)),
  'sends anything': (_frames, _expected, at) =>
    Uint8Array.from({ length: at % 2000 }, (_, index) => (index * at) & 0xff),
};

describe('a frame that is not the next one', () => {
  test.each(Object.entries(attacks))('is rejected when the network %s', (_name, attack) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(), (expected, at) => {
        const { client, server } = runHandshake();
        const frames = Array.from({ length: 8 }, (_, index) =>
          client.seal(32, new Uint8Array(index * 90).fill(index), index),
        );
        for (const frame of frames.slice(0, expected)) server.open(frame);
        const bad = attack(frames, expected, at);
        expect(() => server.open(bad)).toThrow(errorWith('record_rejected'));
        const good = pick(frames, expected);
        expect(() => server.open(good)).toThrow(errorWith('session_over'));
      }),
      { ...settings, numRuns: 25 },
    );
  });

  test('leaves the state byte for byte as it was', () => {
    fc.assert(
      fc.property(record, fc.nat(), (sent, at) => {
        const state = direction();
        const { frame } = sealRecord(nodeBackend, direction(), sent);
        const bit = at % (frame.length * 8);
        const flipped = frame.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => openRecord(nodeBackend, state, flipped)).toThrow(errorWith('record_rejected'));
        expect(state).toEqual(direction());
        expect(openRecord(nodeBackend, state, frame).record.kind).toBe(sent.kind);
        expect(state).toEqual(direction());
      }),
      settings,
    );
  });

  test('is rejected for padding the sender was not free to choose', () => {
    const seal = (inside: Uint8Array): Uint8Array => sealInside(direction(), inside);
    const notZero = inner(256, 0);
    notZero[255] = 1;
    const wrong = [inner(512, 0), inner(512, 243), inner(256, 244), notZero, inner(256, 2 ** 31)];
    for (const made of wrong) {
      const open = () => openRecord(nodeBackend, direction(), seal(made));
      expect(open).toThrow(errorWith('record_rejected'));
    }
    expect(openRecord(nodeBackend, direction(), seal(inner(512, 244))).record.body).toHaveLength(
      244,
    );
  });
});

test('both ends name the same reason, and one that forbids reconnecting wins', () => {
  const code = fc.constantFrom(...Object.values(CLOSE_CODE));
  fc.assert(
    fc.property(code, code, (ours, theirs) => {
      const crossing = { isAnswer: false, allArrived: true };
      const here = endReason(ours, { code: theirs, ...crossing });
      const there = endReason(theirs, { code: ours, ...crossing });
      expect(here?.code).toBe(there?.code);
      const reason = here?.code ?? 0;
      expect([ours, theirs]).toContain(reason);
      const mayBoth = mayReconnectAfter(ours) && mayReconnectAfter(theirs);
      expect(mayReconnectAfter(reason)).toBe(mayBoth);
    }),
    settings,
  );
  const crossing = { isAnswer: false, allArrived: true };
  expect(endReason(4, { code: 7, ...crossing })?.code).toBe(7);
  expect(endReason(5, { code: 1, ...crossing })?.code).toBe(5);
  expect(endReason(7, { code: 7, ...crossing })?.kind).toBe('closed_by_us');
  const answer = { code: 7, isAnswer: true, allArrived: true } as const;
  expect(endReason(1, answer)).toEqual({ kind: 'closed_by_us', code: 1 });
  expect(endReason(undefined, { ...answer, isAnswer: false })).toEqual({
    kind: 'closed_by_peer',
    code: 7,
  });
  expect(endReason(undefined, undefined)).toBeUndefined();
});

function direction(): Direction {
  return startDirection(new Uint8Array(32).fill(5));
}

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
}

/** An inside of so many bytes whose body is said to have `length`. */
function inner(bytes: number, length: number): Uint8Array {
  const made = new Uint8Array(bytes);
  new DataView(made.buffer).setUint32(9, length);
  made[0] = 32;
  return made;
}
