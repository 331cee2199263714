import { describe, expect, test } from 'vitest';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { startHandshake } from '../src/handshake/start-handshake.js';
import { clientKey, errorWith, keyOf, serverKey } from './pair.js';

/** Brings a fresh handshake to the point where `receive` takes the message numbered 1 to 4. */
function before(number: 1 | 2 | 3 | 4): {
  readonly message: Uint8Array;
  readonly step: { receive(message: Uint8Array): unknown; erase(): void };
} {
  const hello = startHandshake({ ownKey: clientKey, peerId: serverKey.id });
  const server = awaitHandshake({ ownKey: serverKey });
  if (number === 1) return { message: hello.message, step: server };
  const reply = server.receive(hello.message);
  if (number === 2) return { message: reply.message, step: hello.next };
  const proof = hello.next.receive(reply.message);
  if (number === 3) return { message: proof.message, step: reply.next };
  const { message } = reply.next.receive(proof.message).accept();
  return { message, step: proof.next };
}

const codes = ['malformed_message', 'not_addressed_to_us', 'peer_not_authentic'];

function codeOf(run: () => unknown): unknown {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

/** Every bit of a short message; of a long one every bit of its ends and a spread of the rest. */
function sampleBits(length: number): readonly number[] {
  const bits = Array.from({ length: length * 8 }, (_, bit) => bit);
  return bits.filter((bit) => bit % 97 === 0 || bit < 40 || bit >= bits.length - 8);
}

describe.each([1, 2, 3, 4] as const)('message %i', (number) => {
  test('with one bit flipped gives no session', { timeout: 30_000 }, () => {
    for (const bit of sampleBits(before(number).message.length)) {
      const { message, step } = before(number);
      message[bit >> 3] = (message[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(codes, `bit ${bit}`).toContain(codeOf(() => step.receive(message)));
    }
  });

  test('truncated or prolonged is malformed', () => {
    const { length } = before(number).message;
    for (const cut of [0, 1, 2, 16, 33, length - 17, length - 1, length + 1]) {
      const { message, step } = before(number);
      const wrong = new Uint8Array(cut);
      wrong.set(message.subarray(0, cut));
      expect(() => step.receive(wrong), `cut at ${cut}`).toThrow(errorWith('malformed_message'));
    }
  });

  test('is taken once, whether that went well or not', () => {
    const good = before(number);
    good.step.receive(good.message);
    expect(() => good.step.receive(good.message)).toThrow(errorWith('misuse'));
    const bad = before(number);
    expect(() => bad.step.receive(new Uint8Array(7))).toThrow(errorWith('malformed_message'));
    expect(() => bad.step.receive(bad.message)).toThrow(errorWith('misuse'));
    const erased = before(number);
    erased.step.erase();
    expect(() => erased.step.receive(erased.message)).toThrow(errorWith('misuse'));
  });
});

describe('a first message that is refused', () => {
  const thrownBy = (message: Uint8Array): unknown => {
    try {
      return awaitHandshake({ ownKey: serverKey }).receive(message);
    } catch (error) {
      return error;
    }
  };
  const toAnother = (): Uint8Array =>
    startHandshake({ ownKey: clientKey, peerId: keyOf(7).id }).message;

  test.each([
    ['malformed_message', (): Uint8Array => new Uint8Array(1_252)],
    ['not_addressed_to_us', toAnother],
  ] as const)('costs no stack: %s', (code, make) => {
    const limit = Error.stackTraceLimit;
    const error = thrownBy(make());
    expect(error).toMatchObject({ code, stack: expect.not.stringContaining('    at ') });
    expect(Error.stackTraceLimit).toBe(limit);
    expect(new Error('another').stack).toContain('    at ');
  });

  test('is the same error where built-ins are frozen', () => {
    const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit') ?? {};
    Object.defineProperty(Error, 'stackTraceLimit', { ...descriptor, writable: false });
    try {
      expect(thrownBy(toAnother())).toEqual(errorWith('not_addressed_to_us'));
    } finally {
      Object.defineProperty(Error, 'stackTraceLimit', descriptor);
    }
  });
});

// msg1 opens a new handshake wherever it comes from; everything after it is bound to the one it belongs to.
test.each([2, 3, 4] as const)('message %i of another handshake gives no session', (number) => {
  const { message } = before(number);
  const { step } = before(number);
  expect(() => step.receive(message)).toThrow(errorWith('peer_not_authentic'));
});

function proven() {
  const { message, step } = before(3);
  return step.receive(message) as { accept(): unknown; reject(): void };
}

test('a decision is made once', () => {
  const accepted = proven();
  accepted.accept();
  expect(() => accepted.accept()).toThrow(errorWith('misuse'));
  const rejected = proven();
  rejected.reject();
  expect(() => rejected.accept()).toThrow(errorWith('misuse'));
});

test('a proof made for one server is worth nothing at another', () => {
  // The client talks to a server that is real and pinned, but passes everything on to the victim.
  const middle = keyOf(7);
  const victim = awaitHandshake({ ownKey: serverKey });
  const hello = startHandshake({ ownKey: clientKey, peerId: middle.id });
  expect(() => victim.receive(hello.message)).toThrow(errorWith('not_addressed_to_us'));

  const own = startHandshake({ ownKey: middle, peerId: serverKey.id });
  const reply = awaitHandshake({ ownKey: serverKey }).receive(own.message);
  const atMiddle = awaitHandshake({ ownKey: middle }).receive(hello.message);
  const proof = hello.next.receive(atMiddle.message);
  expect(() => reply.next.receive(proof.message)).toThrow(errorWith('peer_not_authentic'));
});
