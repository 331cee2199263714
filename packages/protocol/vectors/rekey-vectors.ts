// The vectors of section 4.
import { portableBackend } from '@gravy/protocol';
import { join, replaced, uint } from './bytes.ts';
import { frameAround, insideOf, KIND, Scene, type Content, type SessionVector } from './scene.ts';
import { inputOf } from './scripted-handshake.ts';

const text = (length: number): Uint8Array => new Uint8Array(length).fill(0x61);

function validRekeys(): readonly SessionVector[] {
  return (['client', 'server'] as const).flatMap((role) => [
    new Scene(`${role}: a rekey on request, with records of the old epoch under way`, '4.4', role)
      .rekey('request')
      .rekey('start')
      .receive(32, text(3))
      .send(32, text(4))
      .rekey('answer')
      .send(32, text(5))
      .receive(32, text(6))
      .close('near', 0)
      .close('far', 0)
      .done(),
    new Scene(`${role}: two rekeys with the same draws, nothing between them`, '4.4', role)
      .rekey('start')
      .rekey('answer')
      .rekey('start')
      .rekey('answer')
      .receive(32, text(7))
      .send(32, text(8))
      .done(),
  ]);
}

function rekeyBody(name: string, epoch: number, kemPart: Uint8Array, key?: Uint8Array): Uint8Array {
  const pair = portableBackend.agreementKeyPair(inputOf(name, 'x25519', 32));
  return join(uint(epoch, 4), key ?? pair.publicKey, kemPart);
}

/** What the server refuses as the first record. */
const atServer = (fault: string, content: Content, section = '4.5'): SessionVector => {
  const of = new Scene(`rekey: ${fault}`, section, 'server');
  return of.refuse(fault, of.forge(content));
};

/** REKEY1 with this body, to a server that expects one for epoch 1. */
const asServer = (fault: string, section: string, body: Uint8Array): SessionVector =>
  atServer(fault, { kind: KIND.rekey1, body }, section);

/** What the client refuses, with a REKEY1 of its own outstanding or without. */
const asClient = (fault: string, content: Content, isAsked: boolean): SessionVector => {
  const of = new Scene(`rekey: ${fault}`, '4.5', 'client');
  if (isAsked) of.rekey('start');
  return of.refuse(fault, of.forge(content));
};

function faultyRekeys(): readonly SessionVector[] {
  const encapsulationKey = portableBackend.kemKeyPair(
    inputOf('rekey', 'mlkem', 64),
  ).encapsulationKey;
  const second = new Scene('rekey: a second REKEY1', '4.5', 'server').rekey('start');
  const answered = new Scene('rekey: a second REKEY1 of the same epoch', '4.5', 'server')
    .rekey('start')
    .rekey('answer');
  const rekey1 = rekeyBody('rekey', 1, encapsulationKey);
  const rekey2 = rekeyBody('rekey', 1, new Uint8Array(1088));
  return [
    asServer('REKEY1 a byte short', '4.2', rekey1.subarray(0, -1)),
    asServer('REKEY1 a byte long', '4.2', join(rekey1, Uint8Array.of(0))),
    asServer('REKEY1 without a body', '4.2', new Uint8Array(0)),
    asServer('REKEY1 for the epoch it is sent in', '4.5', replaced(rekey1, 0, uint(0, 4))),
    asServer('REKEY1 for epoch 2^31', '4.5', replaced(rekey1, 0, uint(2 ** 31, 4))),
    asServer('REKEY1 for another epoch', '4.5', replaced(rekey1, 0, uint(2, 4))),
    asServer('REKEY1 with a key of small order', '4.5', replaced(rekey1, 4, new Uint8Array(32))),
    asServer(
      'REKEY1 with an ek beyond the modulus',
      '4.5',
      replaced(rekey1, 36, Uint8Array.of(0x01, 0x0d)),
    ),
    asServer(
      'REKEY1 with an ek beyond the modulus at its end',
      '4.5',
      replaced(rekey1, 36 + 1151, Uint8Array.of(0xff)),
    ),
    atServer('REKEY2 from the client', { kind: KIND.rekey2, body: rekey2 }),
    atServer('REKEY_REQ from the client', { kind: KIND.rekeyRequest }),
    second.refuse('a second REKEY1', second.forge({ kind: KIND.rekey1, body: rekey1 })),
    answered.refuse(
      'a second REKEY1 of the same epoch',
      answered.forge({ kind: KIND.rekey1, body: rekey1 }),
    ),
    asClient('REKEY2 that was not asked for', { kind: KIND.rekey2, body: rekey2 }, false),
    asClient('REKEY2 a byte short', { kind: KIND.rekey2, body: rekey2.subarray(0, -1) }, true),
    asClient(
      'REKEY2 a byte long',
      { kind: KIND.rekey2, body: join(rekey2, Uint8Array.of(0)) },
      true,
    ),
    (() => {
      const fault = 'a record of the old epoch after REKEY2';
      const of = new Scene(`rekey: ${fault}`, '4.4', 'client').rekey('start').rekey('answer');
      return of.refuse(fault, of.forge({}));
    })(),
    asClient(
      'REKEY2 for another epoch',
      { kind: KIND.rekey2, body: replaced(rekey2, 0, uint(2, 4)) },
      true,
    ),
    asClient(
      'REKEY2 with a key of small order',
      { kind: KIND.rekey2, body: replaced(rekey2, 4, new Uint8Array(32)) },
      true,
    ),
    asClient('REKEY1 from the server', { kind: KIND.rekey1, body: rekey1 }, false),
    asClient('REKEY_REQ with a body', { kind: KIND.rekeyRequest, body: text(1) }, false),
    (() => {
      const of = new Scene(
        'rekey: a record of the old epoch after one of the new',
        '4.4',
        'server',
      ).rekey('start');
      const before = of.position;
      of.rekey('answer').receive(32, text(1));
      return of.refuse(
        'a record of the old epoch after one of the new',
        frameAround(insideOf({}), { ...before, seq: before.seq + 1 }),
      );
    })(),
  ];
}

export function rekeyVectors(): readonly SessionVector[] {
  return [...validRekeys(), ...faultyRekeys()];
}
