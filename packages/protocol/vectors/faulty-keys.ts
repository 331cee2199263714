// Handshakes with a fault of form, or in messages 1 and 2.
import { OwnKey, portableBackend } from '@gravy/protocol';
import { ascii, flipped, fromHex, join, replaced, uint } from './bytes.ts';
import { publishing, sealedWithoutData } from './disguises.ts';
import {
  disguised,
  faulty,
  message,
  SMALL_ORDER,
  type Forge,
  type HandshakeVector,
} from './handshake-vector.ts';
import { inputOf, replyWithoutInvites, runScript } from './scripted-handshake.ts';

/** Each message of another type, and of another length. */
export function formFaults(): readonly HandshakeVector[] {
  return ([1, 2, 3, 4] as const).flatMap((number) => {
    const section = ['', '2.2', '2.4', '2.6', '2.8'][number] ?? '';
    return [
      faulty(
        number,
        section,
        'another type',
        message(number, (it) => replaced(it, 0, Uint8Array.of(9))),
      ),
      faulty(
        number,
        section,
        'a byte short',
        message(number, (it) => it.subarray(0, -1)),
      ),
      faulty(
        number,
        section,
        'a byte long',
        message(number, (it) => join(it, Uint8Array.of(0))),
      ),
    ];
  });
}

/** Message 1 with other contents under a mac1 that is right. */
const remade =
  (at: number, by: Uint8Array): Forge =>
  (run, { serverSeed }) => {
    const id = OwnKey.fromSeed(serverSeed).id;
    const covered = replaced(run.messages[0].subarray(0, -16), at, by);
    const key = portableBackend.hkdfSha256(new Uint8Array(0), id, ascii('gravy/1 mac1'), 32);
    return join(covered, portableBackend.hmacSha256(key, covered).subarray(0, 16));
  };

export function helloFaults(): readonly HandshakeVector[] {
  return [
    faulty(1, '2.2', 'another version', remade(1, Uint8Array.of(2))),
    faulty(1, '2.2', 'another suite', remade(2, uint(2, 2))),
    faulty(
      1,
      '2.2',
      'mac1 with one bit changed',
      message(1, (it) => flipped(it, 1251)),
    ),
    faulty(
      1,
      '2.2',
      'hint changed after mac1',
      message(1, (it) => flipped(it, 1220)),
    ),
    faulty(1, '2.2', 'for another server', (_run, script) => {
      const other = { ...script, serverSeed: inputOf(script.name, 'other', 32) };
      return runScript(other).messages[0];
    }),
    ...Object.entries(SMALL_ORDER).map(([what, key]) =>
      faulty(1, '2.4', `pk_c of small order, ${what}`, remade(4, fromHex(key))),
    ),
    faulty(
      1,
      '2.4',
      'ek_c with a first coefficient of 3,329',
      remade(36, Uint8Array.of(0x01, 0x0d)),
    ),
    faulty(
      1,
      '2.4',
      'ek_c with a last coefficient of 4,095',
      remade(36 + 1151, Uint8Array.of(0xff)),
    ),
  ];
}

export function replyFaults(): readonly HandshakeVector[] {
  const psk = inputOf('an expired invite', 'psk', 32);
  return [
    faulty(
      2,
      '2.5',
      'tag2 with one bit changed',
      message(2, (it) => flipped(it, 1136)),
    ),
    faulty(
      2,
      '2.5',
      'pk_s with one bit changed',
      message(2, (it) => flipped(it, 1)),
    ),
    faulty(
      2,
      '2.5',
      'ct with one bit changed',
      message(2, (it) => flipped(it, 33)),
    ),
    disguised(2, '2.4', 'h1b left out of tag2', sealedWithoutData(0)),
    // The rest of the message is right for an agreement of zeros.
    ...Object.entries(SMALL_ORDER).map(([what, key]) =>
      disguised(
        2,
        '2.4',
        `pk_s of small order, ${what}`,
        publishing('server.x25519', () => fromHex(key), new Uint8Array(32)),
      ),
    ),
    faulty(
      2,
      '2.5',
      'an invite that the server no longer has',
      (run, script) => replyWithoutInvites(script, run.messages[0]),
      { psk, invites: [psk] },
    ),
  ];
}
