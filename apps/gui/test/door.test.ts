import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { CLOSE_CODES } from '../src/server/rpc-socket.js';
import { openRpc, openSocket, type PageSocket, servePage, type ServedPage } from './served-page.js';

const MINUTE_MS = 60_000;

async function redeem(page: ServedPage, code: unknown): Promise<number> {
  return (await page.post('/session/open', { body: { code } })).status;
}

describe('launch codes', () => {
  it('have 256 bits, work once, and give a token that opens the socket', async () => {
    const page = await servePage();
    const code = page.doorkeeper.createLaunchCode();
    expect(Buffer.from(code, 'base64url')).toHaveLength(32);
    const response = await page.post('/session/open', { body: { code } });
    const { token } = (await response.json()) as { token: string };
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await redeem(page, code)).toBe(401);
    const { socket, next } = await openRpc(page, token);
    socket.send('{"jsonrpc":"2.0","id":1,"method":"account.list"}');
    expect(await next()).toEqual({ jsonrpc: '2.0', id: 1, result: [] });
  });

  it('expire after 60 seconds', async () => {
    const page = await servePage();
    const [one, other] = [page.doorkeeper.createLaunchCode(), page.doorkeeper.createLaunchCode()];
    page.pass(MINUTE_MS - 1);
    expect(await redeem(page, one)).toBe(200);
    page.pass(1);
    expect(await redeem(page, other)).toBe(401);
  });

  it.each([[undefined], [null], [''], [5], [['a']], ['x'.repeat(900)]])(
    'are not %j',
    async (code) => {
      const page = await servePage();
      page.doorkeeper.createLaunchCode();
      expect(await redeem(page, code)).toBe(401);
    },
  );

  it('are not read out of a body that is long, or no JSON', async () => {
    const page = await servePage();
    expect(await redeem(page, 'x'.repeat(2000))).toBe(413);
    const response = await fetch(`${page.origin}/session/open`, {
      method: 'POST',
      headers: { Origin: page.origin },
      body: '{',
    });
    expect(response.status).toBe(401);
  });
});

describe('the door', () => {
  it('is locked for 60 seconds after five failures, of codes and tokens together', async () => {
    const page = await servePage();
    for (const wrong of ['a', 'b', 'c']) expect(await redeem(page, wrong)).toBe(401);
    for (const wrong of ['d', 'e']) {
      expect((await page.post('/session/lock', { token: wrong })).status).toBe(401);
    }
    expect(await redeem(page, 'f')).toBe(429);
    expect((await page.post('/session/lock', { token: 'g' })).status).toBe(429);
    const { socket, closed } = openSocket(page);
    socket.once('open', () => socket.send(JSON.stringify({ token: 'h' })));
    expect((await closed).code).toBe(CLOSE_CODES.locked);
    page.pass(MINUTE_MS);
    expect(await redeem(page, 'i')).toBe(401);
  });

  it('lets in who has a code or a token, however often others fail', async () => {
    const page = await servePage();
    const token = page.token();
    const code = page.doorkeeper.createLaunchCode();
    for (const wrong of 'abcdefgh') await redeem(page, wrong);
    expect(await redeem(page, 'i')).toBe(429);
    expect((await page.post('/session/share', { token })).status).toBe(200);
    await openRpc(page, token);
    expect(await redeem(page, code)).toBe(200);
    // Nor does that give who has none another try.
    expect(await redeem(page, code)).toBe(429);
  });

  it('leaves open pages alone while it is locked', async () => {
    const page = await servePage();
    const { socket, next } = await openRpc(page);
    for (const wrong of ['a', 'b', 'c', 'd', 'e']) await redeem(page, wrong);
    expect(await redeem(page, 'f')).toBe(429);
    socket.send('{"jsonrpc":"2.0","id":1,"method":"account.list"}');
    expect(await next()).toMatchObject({ id: 1, result: [] });
  });

  it.each(['', 'Bearer', 'Bearer ', 'Basic dG9rZW4=', 'bearer token'])(
    'does not open to Authorization: %j',
    async (authorization) => {
      const page = await servePage();
      const response = await fetch(`${page.origin}/session/share`, {
        method: 'POST',
        headers: { Origin: page.origin, Authorization: authorization },
      });
      expect(response.status).toBe(401);
    },
  );
});

describe('the socket', () => {
  it.each([
    '{"token":"wrong"}',
    '{}',
    'null',
    '[]',
    '{',
    '{"token":5}',
    '{"jsonrpc":"2.0","id":1,"method":"account.list"}',
  ])('is closed, with nothing said, when the first message is %s', async (first) => {
    const page = await servePage();
    const received: unknown[] = [];
    const { socket, closed } = openSocket(page);
    socket.on('message', (data) => received.push(data));
    socket.once('open', () => {
      socket.send(first);
      socket.send('{"jsonrpc":"2.0","id":2,"method":"account.list"}');
    });
    expect((await closed).code).toBe(CLOSE_CODES.unknown);
    expect(received).toEqual([]);
  });

  it('shows by a proof that it is the process that let the page in', async () => {
    const page = await servePage();
    const code = page.doorkeeper.createLaunchCode();
    const response = await page.post('/session/open', { body: { code } });
    const { token, serverKey } = (await response.json()) as { token: string; serverKey: string };
    const { socket, next } = openSocket(page);
    socket.once('open', () => socket.send(JSON.stringify({ token, nonce: 'a nonce' })));
    const proof = createHmac('sha256', serverKey).update('a nonce').digest('base64url');
    expect(await next()).toMatchObject({ method: 'page.admitted', params: { proof } });
  });

  it('is cut off when a message is binary or beyond 4 MiB', async () => {
    const page = await servePage();
    const binary = await openRpc(page);
    binary.socket.send(Buffer.from('{"jsonrpc":"2.0","id":1,"method":"account.list"}'));
    expect((await binary.closed).code).toBe(1006);
    const long = await openRpc(page);
    long.socket.send('x'.repeat(4 * 1024 * 1024 + 1));
    expect((await long.closed).code).toBe(1009);
    const first = openSocket(page);
    first.socket.once('open', () =>
      first.socket.send(Buffer.from(JSON.stringify({ token: page.token() }))),
    );
    expect((await first.closed).code).toBe(1006);
  });

  it('answers nonsense by the book and goes on', async () => {
    const page = await servePage();
    const { socket, next } = await openRpc(page);
    socket.send('{');
    socket.send('{"jsonrpc":"2.0","id":1,"method":"no.such"}');
    socket.send('{"jsonrpc":"2.0","id":2,"method":"account.list","params":{"x":1}}');
    const answers = [await next(), await next(), await next()];
    expect(answers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32_700 }) }),
        expect.objectContaining({ id: 1, error: expect.objectContaining({ code: -32_601 }) }),
        expect.objectContaining({ id: 2, error: expect.objectContaining({ code: -32_602 }) }),
      ]),
    );
  });

  it('is refused while eight others have not said who they are', async () => {
    const page = await servePage();
    const admitted = await openRpc(page);
    const strangers = Array.from({ length: 8 }, () => openSocket(page));
    await Promise.all(strangers.map(({ socket }) => once(socket, 'open')));
    const statusOf = async ({ socket }: PageSocket): Promise<number | undefined> => {
      const [, response] = (await once(socket, 'unexpected-response')) as [
        unknown,
        IncomingMessage,
      ];
      return response.statusCode;
    };
    expect(await statusOf(openSocket(page))).toBe(503);
    admitted.socket.send('{"jsonrpc":"2.0","id":1,"method":"account.list"}');
    expect(await admitted.next()).toMatchObject({ id: 1, result: [] });
    // One that leaves makes room, and so does one that is let in.
    const [one, other] = strangers;
    one?.socket.terminate();
    other?.socket.send(JSON.stringify({ token: page.token() }));
    expect(await other?.next()).toMatchObject({ method: 'page.admitted' });
    await openRpc(page);
  });

  it('says that the program ends', async () => {
    const page = await servePage();
    const { socket } = await openRpc(page);
    const closing = once(socket, 'close');
    await page.close();
    expect((await closing)[0]).toBe(CLOSE_CODES.ended);
  });
});

describe('a locked page', () => {
  it('shows nothing until the password is typed, while the account goes on', async () => {
    const page = await servePage();
    await page.gravy.call('account.create', { name: 'ada', password: 'correct horse' });
    const token = page.token();
    const { socket, next } = await openRpc(page, token);
    const ask = async (method: string, params: unknown = {}): Promise<Record<string, unknown>> => {
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
      return next();
    };
    expect((await page.post('/session/lock', { token })).status).toBe(200);
    expect(await next()).toMatchObject({ method: 'account.closed', params: { name: 'ada' } });
    for (const method of ['account.show', 'contact.list', 'account.lock', 'account.create']) {
      expect(await ask(method, {})).toMatchObject({ error: { data: { code: 'locked' } } });
    }
    expect((await page.post('/session/share', { token })).status).toBe(403);
    // An event of the account, which a locked page must not hear: the next thing it hears is the answer.
    await page.gravy.call('host.start', { port: 0 });
    expect(await ask('account.unlock', { name: 'ada', password: 'wrong' })).toMatchObject({
      error: { data: { code: 'wrong_password' } },
    });
    expect(await ask('account.show')).toMatchObject({ error: { data: { code: 'locked' } } });
    expect(await ask('account.unlock', { name: 'ada', password: 'correct horse' })).toMatchObject({
      result: { name: 'ada' },
    });
    expect(await ask('host.status')).toMatchObject({ result: { running: true } });
    await page.gravy.call('host.stop', {});
    expect(await next()).toMatchObject({ method: 'host.changed' });
  });

  it('is locked with all others, and no link to it goes around that', async () => {
    const page = await servePage();
    await page.gravy.call('account.create', { name: 'ada', password: 'correct horse' });
    const other = await openRpc(page);
    const oldCode = page.doorkeeper.createLaunchCode();
    await page.post('/session/lock', { token: page.token() });
    expect(await other.next()).toMatchObject({ method: 'account.closed' });
    expect(await redeem(page, oldCode)).toBe(401);
    const later = await openRpc(page);
    const ask = '{"jsonrpc":"2.0","id":1,"method":"contact.list","params":{}}';
    for (const { socket, next } of [other, later]) {
      socket.send(ask);
      expect(await next()).toMatchObject({ error: { data: { code: 'locked' } } });
    }
    const params = { name: 'ada', password: 'correct horse' };
    later.socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'account.unlock', params }));
    expect(await later.next()).toMatchObject({ result: { name: 'ada' } });
    later.socket.send(ask);
    expect(await later.next()).toMatchObject({ result: [] });
    // One who types the password does so for the window that is before them.
    other.socket.send(ask);
    expect(await other.next()).toMatchObject({ error: { data: { code: 'locked' } } });
  });

  it('is locked by its token however many windows were opened since', async () => {
    const page = await servePage();
    const [present, absent] = [page.token(), page.token()];
    await openRpc(page, present);
    for (let count = 0; count < 40; count += 1) page.token();
    expect((await page.post('/session/lock', { token: present })).status).toBe(200);
    expect((await page.post('/session/lock', { token: absent })).status).toBe(401);
  });

  it('does not lock what has no account to show', async () => {
    const page = await servePage();
    const token = page.token();
    const { socket, next } = await openRpc(page, token);
    await page.post('/session/lock', { token });
    socket.send('{"jsonrpc":"2.0","id":1,"method":"account.show"}');
    expect(await next()).toMatchObject({ error: { data: { code: 'locked' } } });
    socket.send('{"jsonrpc":"2.0","id":1,"method":"settings.get"}');
    expect(await next()).toMatchObject({ error: { message: expect.not.stringContaining('page') } });
  });
});
