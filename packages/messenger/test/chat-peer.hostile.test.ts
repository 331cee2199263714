import { randomBytes } from 'node:crypto';
import { decodeId } from '@gravy/identity';
import { type Channel, openChannel, type OwnKey } from '@gravy/protocol';
import type { Connection, Listener } from '@gravy/transport';
import { encode, rfc8949EncodeOptions } from 'cborg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeAck, decodeText, encodeAck, encodeText } from '../src/application/messages.js';
import { HostilePeer } from './chat-hostile-peer.js';
import { PASSWORD, type Person, Stage } from './chat-people.js';

const TEXT = 32;
const ACK = 33;
const PROTOCOL_ERROR = 2;
const id = (): Uint8Array => new Uint8Array(randomBytes(16));
const cbor = (value: unknown): Uint8Array => encode(value, rfc8949EncodeOptions);

describe('an authenticated contact who breaks the rules', { timeout: 20_000 }, () => {
  const stage = new Stage();
  const mallory = new HostilePeer(7);
  let ada: Person;
  let url: string;
  let channel: Channel;

  beforeAll(async () => {
    ada = await stage.quickPerson('ada');
    await ada.program.call('contact.add', { id: mallory.id, name: 'mallory' });
    ({ url } = await ada.program.call('host.start', { port: 0 }));
  });
  afterEach(async () => {
    await channel.close();
  });
  afterAll(() => stage.end());

  const connect = async (): Promise<Channel> => {
    channel = await mallory.connect(url, decodeId(ada.id));
    return channel;
  };
  /** The end of the last session, as the user sees it. */
  const lastEnd = async (sessions: number): Promise<unknown> => {
    await ada.program.event(
      'session.closed',
      () => ada.program.eventsOf('session.closed').length === sessions,
    );
    return ada.program.eventsOf('session.closed').at(-1)?.reason;
  };
  const closed = (): number => ada.program.eventsOf('session.closed').length;

  it.each<[string, number, () => Uint8Array]>([
    ['an empty text', TEXT, () => cbor({ id: id(), at: 1, text: '' })],
    ['a text too long', TEXT, () => cbor({ id: id(), at: 1, text: 'x'.repeat(65_537) })],
    ['a text without id', TEXT, () => cbor({ at: 1, text: 'x' })],
    ['a short id', TEXT, () => cbor({ id: new Uint8Array(15), at: 1, text: 'x' })],
    ['an id that is text', TEXT, () => cbor({ id: 'x'.repeat(16), at: 1, text: 'x' })],
    ['a time before all times', TEXT, () => cbor({ id: id(), at: -1, text: 'x' })],
    ['a time that is no number', TEXT, () => cbor({ id: id(), at: 'now', text: 'x' })],
    ['bytes for a text', TEXT, () => cbor({ id: id(), at: 1, text: new Uint8Array(3) })],
    ['an answer to no id', TEXT, () => cbor({ id: id(), at: 1, text: 'x', replyTo: 'y' })],
    ['nothing', TEXT, () => new Uint8Array()],
    ['no map', TEXT, () => cbor([1])],
    ['bytes after the map', TEXT, () => Uint8Array.of(...encodeText(text('x')), 0)],
    ['nesting without end', TEXT, () => new Uint8Array(200_000).fill(0x81)],
    ['an ACK of nothing', ACK, () => cbor({ ids: [], state: 'delivered' })],
    [
      'an ACK of too many',
      ACK,
      () => cbor({ ids: Array.from({ length: 1_001 }, id), state: 'read' }),
    ],
    ['an ACK of an unknown state', ACK, () => cbor({ ids: [id()], state: 'eaten' })],
    ['an ACK that takes a message back', ACK, () => cbor({ ids: [id()], state: 'queued' })],
  ])('%s ends the session as a protocol error, and stores nothing', async (_what, kind, body) => {
    const before = closed();
    await connect();
    await channel.send(kind, body());
    expect(await channel.closed).toMatchObject({ kind: 'closed_by_peer', code: PROTOCOL_ERROR });
    expect(await lastEnd(before + 1)).toBe('protocol_error');
    expect((await ada.program.call('message.history', { contact: 'mallory' })).messages).toEqual(
      [],
    );
  });

  it.each([42, 100, 127])('a record of kind %i is cut without an answer', async (kind) => {
    const before = closed();
    await connect();
    await channel.send(kind, cbor({}));
    expect(await channel.closed).toEqual({ kind: 'lost', cause: 'connection' });
    expect(await lastEnd(before + 1)).toBe('protocol_error');
  });

  it('what later versions may send is ignored, and texts of any content arrive whole', async () => {
    await connect();
    for (const kind of [128, 129, 255]) await channel.send(kind, new Uint8Array(100));
    const odd = '\u0000\u202E<script>\u{1F44B}\uFFFF';
    await channel.send(TEXT, encodeText({ ...text(odd), at: Number.MAX_SAFE_INTEGER }));
    expect(await ada.program.received(odd)).toMatchObject({
      message: { at: Number.MAX_SAFE_INTEGER, contact: mallory.id },
    });
  });

  it('a repeated text is acknowledged again and told once', async () => {
    await connect();
    const body = encodeText(text('again and again'));
    for (let times = 0; times < 3; times++) await channel.send(TEXT, body);
    const acknowledged: unknown[] = [];
    while (acknowledged.length < 3) {
      const record = await mallory.next(channel);
      if (record?.kind === ACK) acknowledged.push(...decodeAck(record.body).ids);
    }
    expect(acknowledged).toEqual([1, 2, 3].map(() => decodeText(body).id));
    const told = ada.program.receivedTexts().filter((told_) => told_ === 'again and again');
    expect(told).toHaveLength(1);
  });

  it('acknowledges only its own texts, forwards only, and may not take their ids', async () => {
    const carol = new HostilePeer(8);
    await ada.program.call('settings.set', { readReceipts: true });
    await ada.program.call('contact.add', { id: carol.id, name: 'carol' });
    const toCarol = await ada.program.call('message.send', { contact: 'carol', text: 'for carol' });
    const sent = await ada.program.call('message.send', { contact: 'mallory', text: 'for you' });
    await connect();
    let record = await mallory.next(channel);
    while (record?.kind !== TEXT) record = await mallory.next(channel);
    const own = decodeText(record.body);
    expect(own).toMatchObject({ text: 'for you', at: sent.at });

    const others = Buffer.from(toCarol.id, 'base64url');
    await channel.send(ACK, encodeAck({ ids: [others, id()], state: 'read' }));
    await channel.send(ACK, encodeAck({ ids: [own.id], state: 'read' }));
    await channel.send(ACK, encodeAck({ ids: [own.id], state: 'delivered' }));
    await channel.send(TEXT, encodeText(text('after the ACKs')));
    await ada.program.received('after the ACKs');
    const state = async (contact: string, wanted: string): Promise<unknown> => {
      const { messages } = await ada.program.call('message.history', { contact });
      return messages.find((message) => message.id === wanted)?.state;
    };
    expect(await state('carol', toCarol.id)).toBe('queued');
    expect(await state('mallory', sent.id)).toBe('read');

    const before = closed();
    await channel.send(TEXT, encodeText({ ...text('forged'), id: own.id }));
    expect(await channel.closed).toMatchObject({ code: PROTOCOL_ERROR });
    await lastEnd(before + 1);
    expect(ada.program.receivedTexts()).not.toContain('forged');
  });

  it('who never acknowledges gets the same text again on each session', async () => {
    await ada.program.call('message.send', { contact: 'mallory', text: 'please confirm' });
    const bodies: string[] = [];
    for (let session = 0; session < 2; session++) {
      await connect();
      let record = await mallory.next(channel);
      while (record?.kind !== TEXT) record = await mallory.next(channel);
      bodies.push(Buffer.from(record.body).toString('hex'));
      await channel.close();
    }
    expect(bodies[0]).toBe(bodies[1]);
  });

  const text = (content: string): { id: Uint8Array; at: number; text: string } => ({
    id: id(),
    at: 1_700_000_000_000,
    text: content,
  });
});

describe('a far end that is not what it should be', { timeout: 20_000 }, () => {
  const stage = new Stage();
  const peer = new HostilePeer(9);
  const listeners: Listener[] = [];
  let ada: Person;

  beforeAll(async () => {
    ada = await stage.quickPerson('ada');
    await ada.program.call('contact.add', { id: peer.id, name: 'peer' });
  });
  afterAll(async () => {
    await stage.end();
    await Promise.all(listeners.map((listener) => listener.close()));
  });

  const failure = async (onConnection: (connection: Connection) => void): Promise<unknown> => {
    const listener = await peer.host(onConnection);
    listeners.push(listener);
    const url = `ws://127.0.0.1:${listener.port}`;
    const connected = ada.program.call('session.connect', { url, contact: 'peer' });
    return connected.then(
      () => 'connected',
      (error: { code: unknown }) => error.code,
    );
  };
  const answering =
    (reply: Uint8Array) =>
    async (connection: Connection): Promise<void> => {
      for await (const message of connection.messages) {
        expect(message).toHaveLength(1_252);
        await connection.send(reply);
      }
    };
  const withKey =
    (ownKey: OwnKey, isWelcome: boolean) =>
    (connection: Connection): void => {
      openChannel(connection, { role: 'server', ownKey, authorize: () => isWelcome }).catch(() =>
        connection.terminate(),
      );
    };

  it.each<[string, string, (connection: Connection) => void]>([
    ['peer_not_authentic', 'noise of the right form', (c) => void answering(noise(1_137))(c)],
    ['unreachable', 'a reply that is too short', (c) => void answering(noise(1_136))(c)],
    ['unreachable', 'a reply that is too long', (c) => void answering(noise(200_000))(c)],
    ['unreachable', 'the end of the connection', (c) => c.close()],
    ['unreachable', 'a cut', (c) => c.terminate()],
    ['unreachable', 'another key', (c) => withKey(new HostilePeer(1).key, true)(c)],
    ['not_accepted', 'a refusal', (c) => withKey(peer.key, false)(c)],
    ['connected', 'a welcome', (c) => withKey(peer.key, true)(c)],
  ])('is %s when it answers with %s', async (code, _what, answer) => {
    expect(await failure(answer)).toBe(code);
    const sessions = await ada.program.call('session.list', {});
    expect(sessions).toHaveLength(code === 'connected' ? 1 : 0);
  });

  it('does not keep an account open that is to be locked', async () => {
    const silent = Promise.withResolvers<void>();
    const attempt = failure(() => silent.resolve());
    await silent.promise;
    await ada.program.call('account.lock', {});
    expect(await attempt).toBe('connection_closed');
    await ada.program.call('account.unlock', { name: 'ada', password: PASSWORD });
  });
});

function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(0x5a);
  bytes[0] = 2;
  return bytes;
}
