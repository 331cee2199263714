// What goes by which of two sessions with one contact, and one attempt at a time: Spec 6, and the TEXT of appendix A.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decodeId } from '@gravy/identity';
import { type Channel, openChannel, upgradePath } from '@gravy/protocol';
import { type Connection, dial, type Listener } from '@gravy/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeAck, decodeText, encodeText } from '../../src/application/messages.js';
import { HostilePeer } from '../chat-hostile-peer.js';
import { type Person, Stage } from '../chat-people.js';

const TEXT = 32;
const ACK = 33;

describe('a contact by hand', { timeout: 20_000 }, () => {
  const ben = new HostilePeer(11);
  let stage: Stage;
  let ada: Person;
  let listener: Listener;
  let connections: Connection[];
  let bensUrl: string;
  let connected: PromiseWithResolvers<void>;

  beforeEach(async () => {
    stage = new Stage();
    ada = await stage.quickPerson('ada');
    await ada.program.call('contact.add', { id: ben.id, name: 'ben' });
    connections = [];
    connected = Promise.withResolvers<void>();
    listener = await ben.host((connection) => {
      connections.push(connection);
      connected.resolve();
    });
    bensUrl = `ws://127.0.0.1:${listener.port}`;
  });
  afterEach(async () => {
    for (const connection of connections) connection.terminate();
    await listener.close();
    await stage.end();
  });

  const dialBen = (): Promise<{ session: string }> =>
    ada.program.call('session.connect', { url: bensUrl, contact: 'ben' });
  const accept = (index: number): Promise<Channel> => {
    const connection = connections[index];
    if (connection === undefined) throw new Error(`there is no connection ${index}`);
    return openChannel(connection, { role: 'server', ownKey: ben.key, authorize: () => true });
  };
  const nextText = async (channel: Channel): Promise<string | undefined> => {
    let record = await ben.next(channel);
    while (record !== undefined && record.kind !== TEXT) record = await ben.next(channel);
    return record && decodeText(record.body).text;
  };

  it('gets texts over the newer session, first those it has not acknowledged, and ACKs where its text came', async () => {
    const { url } = await ada.program.call('host.start', { port: 0 });
    const older = await ben.connect(url, decodeId(ada.id));
    await ada.program.call('message.send', { contact: 'ben', text: 'one' });
    expect(await nextText(older)).toBe('one');

    const dialling = dialBen();
    await connected.promise;
    const newer = await accept(0);
    await dialling;
    await ada.program.call('message.send', { contact: 'ben', text: 'two' });
    expect([await nextText(newer), await nextText(newer)]).toEqual(['one', 'two']);

    const id = new Uint8Array(randomBytes(16));
    await older.send(TEXT, encodeText({ id, at: 1, text: 'over the older' }));
    const answer = await ben.next(older);
    expect(answer?.kind).toBe(ACK);
    expect(decodeAck(answer?.body ?? new Uint8Array(0)).ids).toEqual([id]);

    // The newer one ends: the older is the newest again, and gets both texts.
    await newer.close();
    expect([await nextText(older), await nextText(older)]).toEqual(['one', 'two']);
    await older.close();
  });

  it('is dialled again only when the attempt before has ended', async () => {
    const attempts = [dialBen(), dialBen()];
    await connected.promise;
    // Whoever dials now comes after a second connection of ada's, if there were one.
    const path = upgradePath(ben.key.id);
    for (let index = 0; index < 2; index += 1) await dial(bensUrl, { path });
    expect(connections).toHaveLength(3);
    connected = Promise.withResolvers<void>();
    await accept(0);
    await connected.promise;
    await accept(3);
    const sessions = await Promise.all(attempts);
    expect(new Set(sessions.map(({ session }) => session)).size).toBe(2);
    expect(connections).toHaveLength(4);
  });
});

it('the TEXT of the worked example is encoded like this', () => {
  const specification = new URL('../../../../docs/spec/protocol.md', import.meta.url);
  const [, hex = ''] = /^TEXT body +([0-9a-f]+)$/mu.exec(readFileSync(specification, 'utf8')) ?? [];
  const body = new Uint8Array(Buffer.from(hex, 'hex'));
  expect(body).toHaveLength(44);
  const text = decodeText(body);
  expect(text).toMatchObject({ text: 'hello', at: 1_800_000_000_000 });
  expect(Buffer.from(encodeText(text)).toString('hex')).toBe(hex);
});
