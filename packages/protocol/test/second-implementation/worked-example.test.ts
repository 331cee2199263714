import { expect, test } from 'vitest';
import { toHex } from '../vector-file.js';
import { appendix, exampleDraw as draw } from './appendix.js';
import { startClient } from './client.js';
import { ascii, H, idOf } from './primitives.js';
import { upgradePath, type SessionKeys } from './schedule.js';
import { answerClient } from './server.js';
import { Session } from './session.js';
import { bech32m, cborMap, safetyNumber } from './text-forms.js';

const TIME = 1_800_000_000_000;
const [clientSeed, serverSeed, psk] = [
  draw('client.seed', 32),
  draw('server.seed', 32),
  draw('psk', 32),
];
const [clientId, serverId] = [idOf(clientSeed), idOf(serverSeed)];

class Values {
  readonly #byName = new Map<string, string>();

  readonly note = (name: string, value: Uint8Array): void => this.text(name, toHex(value));

  text(name: string, value: string): void {
    this.#byName.set(name, value);
  }

  get all(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#byName);
  }
}

function noteHandshake({ note }: Values): SessionKeys {
  const start = startClient({ seed: clientSeed, serverId, psk, draw, note });
  const reply = answerClient({ seed: serverSeed, invites: [psk], draw }, start.msg1);
  const proof = start.receive(reply.msg2);
  const accepted = reply.receive(proof.msg3);
  const keys = proof.receive(accepted.msg4);
  expect(accepted).toMatchObject({ keys, clientId, psk });
  note('c2s_0', keys.c2s);
  note('s2c_0', keys.s2c);
  note('rk_0', keys.rk);
  note('sid', keys.sid);
  return keys;
}

function noteRecords({ note }: Values, keys: SessionKeys): void {
  const marks: Uint8Array[] = [];
  const client = new Session('client', {
    keys,
    draw,
    note: (name, value) => {
      if (name === 'mk') marks.push(value);
      else note(name, value);
    },
  });
  const server = new Session('server', { keys, draw });
  const frame = (name: string, bytes: Uint8Array, size: number): Uint8Array => {
    expect(bytes).toHaveLength(size);
    note(name, H(bytes));
    return bytes;
  };
  const body = cborMap({ at: TIME, id: draw('text.id', 16), text: 'hello' });
  note('TEXT body', body);
  server.open(frame('TEXT frame, c2s, epoch 0, seq 0', client.seal(32, body, TIME), 286));
  note('mk of TEXT', marks[0] ?? ascii('none'));
  server.open(frame('REKEY1 frame, c2s, epoch 0, seq 1', client.startRekey(TIME + 1), 2078));
  client.open(frame('REKEY2 frame, s2c, epoch 0, seq 0', server.answerRekey(TIME + 2), 2078));
  const closing = 'CLOSE frame, c2s, epoch 1, seq 2, recv_count 1';
  server.open(frame(closing, client.close(0, TIME + 3), 286));
  expect(server.peerClose).toEqual({ code: 0, count: 1 });
  const answer = 'CLOSE frame, s2c, epoch 1, seq 1, recv_count 3';
  client.open(frame(answer, server.close(0, TIME + 4), 286));
  expect(client.peerClose).toEqual({ code: 0, count: 3 });
}

test('the second implementation gives every value of the appendix', () => {
  const values = new Values();
  values.note('client.seed', clientSeed);
  values.note('server.seed', serverSeed);
  values.note('id_c', clientId);
  values.note('id_s', serverId);
  values.note('psk', psk);
  values.text('upgrade path', upgradePath(serverId));
  noteRecords(values, noteHandshake(values));

  values.text('id_s, text', bech32m('gravy', serverId));
  values.text('safety number', safetyNumber(serverId, clientId));
  const urls = ['ws://192.0.2.7:8080'];
  const invite = cborMap({ v: 1, id: serverId, psk, urls, expires: 1_800_086_400 });
  values.note('invite, CBOR', invite);
  values.text('invite', bech32m('gravyinvite', invite));

  const expected = appendix();
  expect(Object.keys(expected).length).toBeGreaterThanOrEqual(50);
  expect(values.all).toEqual(expected);
});
