import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquaint, connect, host, type Json, type Person, Stage, PASSWORD } from './rpc-process.js';

interface History {
  readonly messages: readonly Json[];
  readonly more: boolean;
}

describe('two people in two processes', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;
  let ben: Person;
  let url: string;

  beforeEach(async () => {
    stage = new Stage();
    [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
    url = await host(ada);
  });
  afterEach(() => stage.end());

  it('chat in any script, up to 64 KiB, both ways, until every text is delivered', async () => {
    await connect(ben, ada, url);
    const texts = [
      'hello',
      '\uFEFFfrom a file',
      '\u{1F469}\u200D\u{1F469}\u200D\u{1F467} \u{1F44B}\u{1F3FD}',
      '你好,世界 こんにちは',
      '"quotes" \\ \n two\u2028lines \u0000 \u202E',
      'x'.repeat(65_536),
      '\u{1F44B}'.repeat(16_384),
    ];
    for (const [from, to] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      for (const text of texts) {
        const sent = await from.rpc.call('message.send', { contact: to.name, text });
        expect(sent['state']).toBe('queued');
        const received = await to.rpc.received(text);
        expect(received).toMatchObject({ contact: from.id, direction: 'in', at: sent['at'] });
        expect(received['id']).toBe(sent['id']);
        await from.rpc.event('message.state', { id: sent['id'] as string, state: 'sent' });
        await from.rpc.event('message.state', { id: sent['id'] as string, state: 'delivered' });
      }
    }
    const history = await ada.rpc.call<History>('message.history', { contact: 'ben' });
    expect(history.more).toBe(false);
    expect(history.messages.map(({ text }) => text)).toEqual([...texts, ...texts]);
    expect(history.messages.every(({ state }) => state === 'delivered')).toBe(true);
    const seenByBen = await ben.rpc.call<History>('message.history', { contact: 'ada' });
    expect(seenByBen.messages.map(({ text }) => text)).toEqual([...texts, ...texts]);
    expect(seenByBen.messages.map(({ id }) => id)).toEqual(history.messages.map(({ id }) => id));
    const directions = (messages: readonly Json[]): unknown[] =>
      messages.map(({ direction }) => direction);
    expect(directions(history.messages)).toEqual([
      ...texts.map(() => 'out'),
      ...texts.map(() => 'in'),
    ]);
    expect(directions(seenByBen.messages)).toEqual([
      ...texts.map(() => 'in'),
      ...texts.map(() => 'out'),
    ]);
    const [contact] = await ben.rpc.call<Json[]>('contact.list');
    expect(contact).toMatchObject({ name: 'ada', online: true, unread: texts.length });
  });

  it('cannot send what is empty, too long or half a character, and lose nothing by trying', async () => {
    const send = (text: string): Promise<unknown> =>
      ada.rpc.call('message.send', { contact: 'ben', text });
    await expect(send('')).rejects.toMatchObject({ rpcCode: -32_602, data: { path: 'text' } });
    await expect(send('\uD83D')).rejects.toMatchObject({ rpcCode: -32_602 });
    await expect(send('x'.repeat(65_537))).rejects.toMatchObject({ data: { code: 'too_large' } });
    await expect(send(`${'é'.repeat(32_768)}x`)).rejects.toMatchObject({
      data: { code: 'too_large' },
    });
    const history = await ada.rpc.call<History>('message.history', { contact: 'ben' });
    expect(history.messages).toEqual([]);
  });

  it('answer one text with another, which both see as an answer', async () => {
    await connect(ben, ada, url);
    const { id: question } = await ada.rpc.call('message.send', { contact: 'ben', text: 'why?' });
    await ben.rpc.received('why?');
    const answer = { contact: 'ada', text: 'because', replyTo: question };
    await ben.rpc.call('message.send', answer);
    expect(await ada.rpc.received('because')).toMatchObject({ replyTo: question });
    const unknown = { ...answer, replyTo: 'AAAAAAAAAAAAAAAAAAAAAA' };
    expect(await ben.rpc.errorOf('message.send', unknown)).toBe('no_such_message');
  });

  it('page through their history without gap or repeat', async () => {
    const texts = Array.from({ length: 25 }, (_, index) => `text ${index}`);
    for (const text of texts) void ada.rpc.call('message.send', { contact: 'ben', text });
    const pages: unknown[][] = [];
    let before: unknown;
    for (let more = true; more;) {
      const page: History = await ada.rpc.call('message.history', {
        contact: ben.id,
        limit: 10,
        ...(before === undefined ? {} : { before }),
      });
      pages.unshift(page.messages.map(({ text }) => text));
      before = page.messages[0]?.['id'];
      more = page.more;
    }
    expect(pages.map((page) => page.length)).toEqual([5, 10, 10]);
    expect(pages.flat()).toEqual(texts);
  });

  it('are kicked and leave with the reasons of the API, and can come back', async () => {
    const guestSession = await connect(ben, ada, url);
    const [session] = await ada.rpc.call<Json[]>('session.list');
    expect(session).toMatchObject({ contact: ben.id, role: 'host', tunnel: false });
    expect(await ben.rpc.call<Json[]>('session.list')).toMatchObject([
      { id: guestSession, contact: ada.id, role: 'guest' },
    ]);

    await ada.rpc.call('session.close', { session: session?.['id'] });
    const kicked = { reason: 'kicked', willReconnect: false };
    expect(await ada.rpc.event('session.closed')).toMatchObject({ ...kicked, role: 'host' });
    expect(await ben.rpc.event('session.closed')).toMatchObject({ ...kicked, role: 'guest' });

    const [fromAda, fromBen] = [ada.rpc.lines.length, ben.rpc.lines.length];
    const again = await connect(ben, ada, url);
    await ben.rpc.call('session.close', { session: again });
    expect(await ben.rpc.event('session.closed', {}, fromBen)).toMatchObject({ reason: 'exit' });
    expect(await ada.rpc.event('session.closed', {}, fromAda)).toMatchObject({
      reason: 'peer_exit',
    });
    expect(await ben.rpc.errorOf('session.close', { session: again })).toBe('no_such_session');
  });

  it('see a shutdown when the host stops, and a loss when a process dies', async () => {
    await connect(ben, ada, url);
    await ada.rpc.call('host.stop');
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'shutdown' });
    expect(await ada.rpc.call('host.status')).toEqual({ running: false, sessions: 0 });

    const from = ben.rpc.lines.length;
    await connect(ben, ada, await host(ada));
    await ada.rpc.kill();
    expect(await ben.rpc.event('session.closed', {}, from)).toMatchObject({ reason: 'lost' });
  });

  it('get what was written while they were away, in order, also after a kill -9', async () => {
    for (const text of ['one', 'two', 'three']) {
      await ben.rpc.call('message.send', { contact: 'ada', text });
    }
    await ben.rpc.kill();

    const rpc = stage.rpc('ben');
    await rpc.call('account.unlock', { name: 'ben', password: PASSWORD });
    await connect({ ...ben, rpc }, ada, url);
    await ada.rpc.received('three');
    const history = await ada.rpc.call<History>('message.history', { contact: 'ben' });
    expect(history.messages.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('end in order when their input ends', async () => {
    await connect(ben, ada, url);
    expect(await ada.rpc.end()).toBe(0);
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'shutdown' });
  });
});
