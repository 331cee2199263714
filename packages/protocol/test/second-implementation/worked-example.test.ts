import { expect, test } from 'vitest';
import { toHex } from '../vector-file.js';
import { appendix, exampleDraw as draw } from './appendix.js';
import { client, server, upgradePath } from './handshake.js';
import { ascii, H, idOf, join } from './primitives.js';
import { Session } from './session.js';

const TIME = 1_800_000_000_000;
test('the second implementation gives every value of the appendix', () => {
  const values = new Map<string, string>();
  const note = (name: string, value: Uint8Array): void => void values.set(name, toHex(value));
  const [clientSeed, serverSeed] = [draw('client.seed', 32), draw('server.seed', 32)];
  const psk = draw('psk', 32);
  const [clientId, serverId] = [idOf(clientSeed), idOf(serverSeed)];
  note('client.seed', clientSeed);
  note('server.seed', serverSeed);
  note('id_c', clientId);
  note('id_s', serverId);
  note('psk', psk);
  values.set('upgrade path', upgradePath(serverId));

  const one = client({ seed: clientSeed, serverId, psk, draw, note });
  const other = server({ seed: serverSeed, invites: [psk], draw });
  other.next();
  const msg1 = one.next().value as Uint8Array;
  const msg2 = other.next(msg1).value as Uint8Array;
  const msg3 = one.next(msg2).value as Uint8Array;
  const accepted = other.next(msg3);
  if (accepted.done !== true) throw new Error('The server is not done.');
  const done = one.next(accepted.value.msg4);
  if (done.done !== true) throw new Error('The client is not done.');
  const keys = done.value;
  expect(accepted.value).toMatchObject({ keys, clientId, psk });
  for (const [name, key] of Object.entries({
    c2s_0: keys.c2s,
    s2c_0: keys.s2c,
    rk_0: keys.rk,
    sid: keys.sid,
  })) {
    note(name, key);
  }

  const marks: Uint8Array[] = [];
  const clientSession = new Session('client', keys, draw, (name, value) => {
    if (name === 'mk') marks.push(value);
    else note(name, value);
  });
  const serverSession = new Session('server', keys, draw);
  const at = join(
    Uint8Array.of(0x1b),
    Uint8Array.from(Buffer.from(TIME.toString(16).padStart(16, '0'), 'hex')),
  );
  const body = join(
    Uint8Array.of(0xa3, 0x62),
    ascii('at'),
    at,
    Uint8Array.of(0x62),
    ascii('id'),
    Uint8Array.of(0x50),
    draw('text.id', 16),
    Uint8Array.of(0x64),
    ascii('text'),
    Uint8Array.of(0x65),
    ascii('hello'),
  );
  note('TEXT body', body);
  const frame = (name: string, bytes: Uint8Array, size: number): Uint8Array => {
    expect(bytes).toHaveLength(size);
    note(name, H(bytes));
    return bytes;
  };
  serverSession.open(
    frame('TEXT frame, c2s, epoch 0, seq 0', clientSession.seal(32, body, TIME), 286),
  );
  note('mk of TEXT', marks[0] ?? new Uint8Array(0));
  serverSession.open(
    frame('REKEY1 frame, c2s, epoch 0, seq 1', clientSession.startRekey(TIME + 1), 2078),
  );
  clientSession.open(
    frame('REKEY2 frame, s2c, epoch 0, seq 0', serverSession.answerRekey(TIME + 2), 2078),
  );
  serverSession.open(
    frame('CLOSE frame, c2s, epoch 1, seq 2, recv_count 1', clientSession.close(0, TIME + 3), 286),
  );
  clientSession.open(
    frame('CLOSE frame, s2c, epoch 1, seq 1, recv_count 3', serverSession.close(0, TIME + 4), 286),
  );

  const expected = appendix();
  expect(Object.keys(expected).length).toBeGreaterThan(40);
  expect(Object.fromEntries(values)).toEqual(expected);
});
