// The vectors of sections 3 and 5.
import { flipped, fromHex, join, replaced, uint } from './bytes.ts';
import { frameAround, insideOf, KIND, NOTHING, Scene, type SessionVector } from './scene.ts';

const text = (length: number): Uint8Array => new Uint8Array(length).fill(0x61);

const closeBody = (code: number, count: number): Uint8Array => join(uint(code, 2), uint(count, 8));

function validRecords(): readonly SessionVector[] {
  const both = ['client', 'server'] as const;
  return both.flatMap((role) => [
    new Scene(`${role}: bodies around the edges of buckets`, '3.3', role)
      .receive(32, text(0))
      .receive(32, text(243))
      .receive(32, text(244))
      .receive(32, text(499))
      .send(32, text(1))
      .send(32, text(243))
      .send(32, text(244))
      .send(32, text(1011))
      .done(),
    new Scene(`${role}: any time, any kind from 128 on`, '3.3', role)
      .receive(32, text(1), 0)
      .receive(255, text(1), 2 ** 53 - 1)
      .send(128, text(1), 0)
      .done(),
    new Scene(`${role}: PING, PONG and an end in order`, '5.2', role)
      .receive(KIND.ping, NOTHING)
      .send(KIND.pong, NOTHING)
      .close('far', 7)
      .close('near', 0)
      .done(),
    new Scene(`${role}: CLOSE with an unknown code, from one that missed a record`, '5.2', role)
      .send(32, text(1))
      .send(32, text(1))
      .receiveForged({ kind: KIND.close, body: closeBody(0xffff, 1) })
      .done(),
    new Scene(`${role}: records that arrive after its own CLOSE`, '5.2', role)
      .close('near', 0)
      .receiveForged({ body: text(1) })
      .receiveForged({ kind: KIND.ping })
      .done(),
  ]);
}

const scene = (fault: string, section = '3.5', role: 'client' | 'server' = 'server'): Scene =>
  new Scene(`record: ${fault}`, section, role).receive(32, text(3));

const simple = (
  fault: string,
  make: (of: Scene) => Uint8Array,
  section?: string,
  role?: 'client' | 'server',
): SessionVector => {
  const of = scene(fault, section, role);
  return of.refuse(fault, make(of));
};

/** One fault in the record that follows one good record. */
function faultyRecords(): readonly SessionVector[] {
  return [
    simple('one bit of the ciphertext changed', (of) => flipped(of.unsent(), 20)),
    simple('one bit of the tag changed', (of) => flipped(of.unsent(), 285)),
    simple(
      'another type',
      (of) => frameAround(insideOf({}), of.position, Uint8Array.of(0x11, 0)),
      '3.1',
    ),
    simple(
      'a second byte that is not zero',
      (of) => frameAround(insideOf({}), of.position, Uint8Array.of(0x10, 1)),
      '3.1',
    ),
    simple('the epoch after', (of) => frameAround(insideOf({}), { ...of.position, epoch: 1 })),
    simple('the sequence number of the record before', (of) =>
      frameAround(insideOf({}), { ...of.position, seq: 0 }),
    ),
    simple('a sequence number left out', (of) =>
      frameAround(insideOf({}), { ...of.position, seq: 2 }),
    ),
    simple('the record before once more', (of) => fromHex(of.steps[0]?.frame ?? '')),
    simple('the message key of the record before', (of) =>
      frameAround(insideOf({}), { ...of.position, chain: of.start.chain }),
    ),
    (() => {
      const of = scene('a record of our own').send(32, text(3)).send(32, text(3));
      return of.refuse('a record of our own', fromHex(of.steps[2]?.frame ?? ''));
    })(),
    simple('a byte long', (of) => join(of.unsent(), Uint8Array.of(0))),
    simple('nothing but a header', (of) => of.unsent().subarray(0, 14)),
    simple('a byte short', (of) => of.unsent().subarray(0, -1)),
    simple(
      'a size between two buckets',
      (of) => frameAround(new Uint8Array(300), of.position),
      '3.3',
    ),
    simple(
      'a size below the smallest bucket',
      (of) => frameAround(new Uint8Array(128), of.position),
      '3.3',
    ),
    simple(
      'padding that is not zero',
      (of) => frameAround(flipped(insideOf({}), 255), of.position),
      '3.3',
    ),
    simple(
      'a first byte of padding that is not zero',
      (of) => frameAround(flipped(insideOf({ body: text(5) }), 18), of.position),
      '3.3',
    ),
    simple(
      'a bucket larger than needed',
      (of) => frameAround(replaced(new Uint8Array(512), 0, insideOf({})), of.position),
      '3.3',
    ),
    simple(
      'a length beyond the bucket',
      (of) => frameAround(replaced(insideOf({}), 9, uint(244, 4)), of.position),
      '3.3',
    ),
    simple(
      'a length of 2^32 - 1',
      (of) => frameAround(replaced(insideOf({}), 9, uint(2 ** 32 - 1, 4)), of.position),
      '3.3',
    ),
    simple('an unknown protocol kind', (of) => of.forge({ kind: 5 }), '3.4'),
    simple('kind 0', (of) => of.forge({ kind: 0 }), '3.4'),
    simple('PONG with a body', (of) => of.forge({ kind: KIND.pong, body: text(1) }), '3.4'),
    simple('PING with a body', (of) => of.forge({ kind: KIND.ping, body: text(1) }), '3.4'),
    simple('CLOSE of nine bytes', (of) => of.forge({ kind: KIND.close, body: text(9) }), '5.2'),
    simple('an empty CLOSE', (of) => of.forge({ kind: KIND.close }), '5.2'),
    simple(
      'CLOSE that counts more than was sent',
      (of) => of.forge({ kind: KIND.close, body: closeBody(0, 1) }),
      '5.2',
    ),
    (() => {
      const of = scene('a record after CLOSE', '5.2', 'client').close('far', 0);
      return of.refuse('a record after CLOSE', of.forge({}));
    })(),
    (() => {
      const of = scene('a second CLOSE', '5.2').close('far', 0);
      return of.refuse('a second CLOSE', of.forge({ kind: KIND.close, body: closeBody(0, 0) }));
    })(),
  ];
}

export function recordVectors(): readonly SessionVector[] {
  return [...validRecords(), ...faultyRecords()];
}
