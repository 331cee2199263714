import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquaint, connect, host, type Json, type Person, Stage, PASSWORD } from './rpc-process.js';
import { TcpTap, type Way } from './tcp-tap.js';

const BURST = 300;

describe('no text is lost, doubled or out of order', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;
  let ben: Person;
  let url: string;
  const taps: TcpTap[] = [];

  beforeEach(async () => {
    stage = new Stage();
    [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
    url = await host(ada);
  });
  afterEach(async () => {
    for (const tap of taps.splice(0)) tap.close();
    await stage.end();
  });

  const tapped = async (): Promise<TcpTap> => {
    const tap = await TcpTap.before(url);
    taps.push(tap);
    return tap;
  };

  it('when the host wrote it while the guest was away', async () => {
    const sent: Json[] = [];
    for (let index = 0; index < 20; index++) {
      sent.push(await ada.rpc.call('message.send', { contact: 'ben', text: `away ${index}` }));
    }
    await connect(ben, ada, url);
    for (const { id } of sent) await ada.rpc.event('message.state', { id, state: 'delivered' });
    expect(ben.rpc.receivedTexts()).toEqual(sent.map((_, index) => `away ${index}`));
    for (const { id } of sent) expect(ada.rpc.statesOf(id)).toEqual(['sent', 'delivered']);
  });

  it('when the acknowledgement never arrived', async () => {
    const tap = await tapped();
    await connect(ben, ada, tap.url);
    tap.pass = (bytes, way) => (way === 'to host' ? [bytes] : []);
    const sent = await ben.rpc.call('message.send', { contact: 'ada', text: 'once' });
    await ada.rpc.received('once');
    tap.cut();
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'lost' });
    expect(await ada.rpc.event('session.closed')).toMatchObject({ reason: 'lost' });
    expect(await texts(ben, 'ada')).toMatchObject([{ text: 'once', state: 'sent' }]);

    await connect(ben, ada, url);
    await ben.rpc.event('message.state', { id: sent['id'], state: 'delivered' });
    expect(ada.rpc.receivedTexts()).toEqual(['once']);
    expect(await texts(ada, 'ben')).toHaveLength(1);
  });

  it.each([
    ['altered', (bytes: Buffer): Buffer[] => [withLastBitFlipped(bytes)], []],
    ['repeated', (bytes: Buffer): Buffer[] => [bytes, bytes], ['on its way']],
  ] as const)('when the network %s a record', async (_what, tamper, arrived) => {
    const tap = await tapped();
    await connect(ben, ada, tap.url);
    tap.pass = once('to host', tamper);
    const sent = await ben.rpc.call('message.send', { contact: 'ada', text: 'on its way' });
    expect(await ada.rpc.event('session.closed')).toMatchObject({ reason: 'protocol_error' });
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'lost' });
    expect(ada.rpc.receivedTexts()).toEqual(arrived);

    await connect(ben, ada, url);
    await ben.rpc.event('message.state', { id: sent['id'], state: 'delivered' });
    expect(ada.rpc.receivedTexts()).toEqual(['on its way']);
  });

  it('when the network broke in the middle of a record', async () => {
    const tap = await tapped();
    await connect(ben, ada, tap.url);
    tap.pass = once('to host', (bytes) => {
      setImmediate(() => tap.cut());
      return [bytes.subarray(0, bytes.length / 2)];
    });
    const sent = await ben.rpc.call('message.send', { contact: 'ada', text: 'half' });
    expect(await ada.rpc.event('session.closed')).toMatchObject({ reason: 'lost' });
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'lost' });
    expect(ada.rpc.receivedTexts()).toEqual([]);

    await connect(ben, ada, url);
    await ben.rpc.event('message.state', { id: sent['id'], state: 'delivered' });
    expect(ada.rpc.receivedTexts()).toEqual(['half']);
  });

  it('when the network swallowed a record', async () => {
    const tap = await tapped();
    await connect(ben, ada, tap.url);
    tap.pass = once('to guest', () => []);
    const sent = await ada.rpc.call('message.send', { contact: 'ben', text: 'swallowed' });
    await ada.rpc.event('message.state', { id: sent['id'], state: 'sent' });
    // Its acknowledgement is the next record to the guest, and shows the gap.
    await ben.rpc.call('message.send', { contact: 'ada', text: 'meanwhile' });
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'protocol_error' });
    expect(ben.rpc.receivedTexts()).toEqual([]);

    await connect(ben, ada, url);
    await ada.rpc.event('message.state', { id: sent['id'], state: 'delivered' });
    expect(ben.rpc.receivedTexts()).toEqual(['swallowed']);
    expect(ada.rpc.receivedTexts()).toEqual(['meanwhile']);
  });

  it('when the receiver is killed in the middle of a burst', async () => {
    await connect(ben, ada, url);
    const sent = burst(ben);
    await ada.rpc.received('burst 40');
    await ada.rpc.kill();
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'lost' });
    const ids = await Promise.all(sent);

    const again = { ...ada, rpc: stage.rpc('ada') };
    await again.rpc.call('account.unlock', { name: 'ada', password: PASSWORD });
    await connect(ben, again, await host(again));
    for (const { id } of ids) await ben.rpc.event('message.state', { id, state: 'delivered' });
    expect((await texts(again, 'ben')).map(({ text }) => text)).toEqual(burstTexts(BURST));
  });

  it('when the sender is killed in the middle of a burst', async () => {
    await connect(ben, ada, url);
    const sent = burst(ben);
    await sent[40];
    await ben.rpc.kill();
    await ada.rpc.event('session.closed');

    const again = { ...ben, rpc: stage.rpc('ben') };
    await again.rpc.call('account.unlock', { name: 'ben', password: PASSWORD });
    const kept = (await texts(again, 'ada')).map(({ text }) => text);
    expect(kept.length).toBeGreaterThan(40);
    expect(kept).toEqual(burstTexts(kept.length));
    await connect(again, ada, url);
    await ada.rpc.received(`burst ${kept.length - 1}`);
    expect(ada.rpc.receivedTexts()).toEqual(kept);
  });

  it('when both write at the same time', async () => {
    await connect(ben, ada, url);
    const ids = await Promise.all([ada, ben].map((person) => Promise.all(burst(person))));
    for (const { id } of ids[0] ?? []) await ada.rpc.event('message.state', deliveredOf(id));
    for (const { id } of ids[1] ?? []) await ben.rpc.event('message.state', deliveredOf(id));
    expect(ada.rpc.receivedTexts()).toEqual(burstTexts(BURST));
    expect(ben.rpc.receivedTexts()).toEqual(burstTexts(BURST));
  });

  it('when the host is told to stop by SIGTERM, which its guests see as a shutdown', async () => {
    await connect(ben, ada, url);
    await ben.rpc.call('message.send', { contact: 'ada', text: 'before' });
    await ada.rpc.received('before');
    ada.rpc.child.kill('SIGTERM');
    expect(await ada.rpc.ended).toBe(130);
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'shutdown' });
    await ben.rpc.call('message.send', { contact: 'ada', text: 'after' });
    expect((await texts(ben, 'ada')).map(({ text, state }) => [text, state])).toEqual([
      ['before', 'delivered'],
      ['after', 'queued'],
    ]);
  });

  /** Writes many texts without waiting for the answers. */
  function burst(from: Person): Promise<Json>[] {
    const contact = from === ada ? 'ben' : 'ada';
    return burstTexts(BURST).map((text) => {
      const sent = from.rpc.call('message.send', { contact, text });
      sent.catch(() => undefined); // the process may be killed before it answers
      return sent;
    });
  }
});

function burstTexts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `burst ${index}`);
}

/** Does this to the first bytes that pass in one direction from now on. */
function once(where: Way, tamper: (bytes: Buffer) => readonly Buffer[]): TcpTap['pass'] {
  let isDone = false;
  return (bytes, way) => {
    if (isDone || way !== where) return [bytes];
    isDone = true;
    return tamper(bytes);
  };
}

function deliveredOf(id: unknown): Json {
  return { id, state: 'delivered' };
}

function withLastBitFlipped(bytes: Buffer): Buffer {
  const altered = Buffer.from(bytes);
  altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1);
  return altered;
}

async function texts(of: Person, contact: string): Promise<readonly Json[]> {
  const page = { contact, limit: 500 };
  return (await of.rpc.call<{ messages: readonly Json[] }>('message.history', page)).messages;
}
