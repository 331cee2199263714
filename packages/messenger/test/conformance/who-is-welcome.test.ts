// Who gets in, and what an ACK sets off: Spec 2.7, 5.3 and 8.4.
import { randomBytes } from 'node:crypto';
import { decodeId } from '@gravy/identity';
import { type Channel, openChannel } from '@gravy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeAck, encodeText } from '../../src/application/messages.js';
import { HostilePeer } from '../chat-hostile-peer.js';
import { type Person, Stage } from '../chat-people.js';

describe('a host', { timeout: 20_000 }, () => {
  const stage = new Stage();
  const mallory = new HostilePeer(9);
  let ada: Person;
  let url: string;

  beforeAll(async () => {
    ada = await stage.quickPerson('ada');
    ({ url } = await ada.program.call('host.start', { port: 0 }));
  });
  afterAll(() => stage.end());

  it('refuses strangers, and takes whom it has as a contact', async () => {
    await expect(mallory.connect(url, decodeId(ada.id))).rejects.toMatchObject({
      code: 'not_accepted',
    });
    await ada.program.call('contact.add', { id: mallory.id, name: 'mallory' });
    const channel = await mallory.connect(url, decodeId(ada.id));
    expect(channel.role).toBe('client');
    await channel.close();
  });

  it('takes its own id only if that is one of its contacts', async () => {
    const twin = await stage.quickPerson('twin');
    const { url: twinsUrl } = await twin.program.call('host.start', { port: 0 });
    const connectToSelf = (contact: string): Promise<unknown> =>
      twin.program.call('session.connect', { url: twinsUrl, contact });
    await twin.program.call('contact.add', { id: twin.id, name: 'me' });
    await twin.program.call('contact.block', { contact: 'me' });
    await expect(connectToSelf('me')).rejects.toMatchObject({ code: 'not_accepted' });
    await twin.program.call('contact.unblock', { contact: 'me' });
    expect(await connectToSelf('me')).toMatchObject({ session: expect.any(String) });
  });

  it('does not acknowledge an ACK', async () => {
    const channel = await mallory.connect(url, decodeId(ada.id));
    const ids = [new Uint8Array(randomBytes(16))];
    await channel.send(33, encodeAck({ ids, state: 'read' }));
    await channel.send(32, encodeText({ id: new Uint8Array(randomBytes(16)), at: 1, text: 'x' }));
    // The text is acknowledged; an answer to the ACK would have come before.
    expect(await deliveryKindsUntilEnd(channel)).toEqual([33]);
  });

  it.each([0, 4, 6, 7] as const)(
    'does not connect again as a guest after CLOSE(%i)',
    async (code) => {
      const { program } = ada;
      let connections = 0;
      const listener = await mallory.host((connection) => {
        connections += 1;
        void openChannel(connection, {
          role: 'server',
          ownKey: mallory.key,
          authorize: () => true,
        }).then((channel) => channel.close(code));
      });
      const mallorysUrl = `ws://127.0.0.1:${listener.port}`;
      const connected = { url: mallorysUrl, contact: 'mallory' };
      const { session } = await program.call('session.connect', connected);
      const end = await program.event('session.closed', (ended) => ended.session === session);
      expect(end).toMatchObject({ contact: mallory.id, role: 'guest', willReconnect: false });
      expect(await program.call('session.list', {})).toEqual([]);
      await listener.close();
      expect(connections).toBe(1);
    },
  );

  /** Closes once the first record of a delivery is there, and gives the kinds of all that came. */
  async function deliveryKindsUntilEnd(channel: Channel): Promise<readonly number[]> {
    const kinds: number[] = [];
    for (;;) {
      const record = await mallory.next(channel);
      if (record === undefined) return kinds;
      if (record.kind > 33) continue; // ADDRESS and PROFILE begin each session
      kinds.push(record.kind);
      void channel.close();
    }
  }
});
