import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { dialUrl } from '../src/dial-url.js';
import { dial } from '../src/index.js';
import { PATH } from './open-ends.js';

describe('dialUrl', () => {
  it.each([
    ['ws://a:1', `ws://a:1${PATH}`],
    ['wss://a', `wss://a${PATH}`],
    ['http://a:8080/', `ws://a:8080${PATH}`],
    ['https://a/prefix', `wss://a/prefix${PATH}`],
    ['https://a/prefix/', `wss://a/prefix${PATH}`],
    ['https://a/prefix//', `wss://a/prefix/${PATH}`],
    [' a:8080 ', `ws://a:8080${PATH}`],
    ['ws://[::1]:8080', `ws://[::1]:8080${PATH}`],
    ['localhost', `ws://localhost${PATH}`],
  ])('makes of %j %s', (address, url) => {
    expect(dialUrl(address, PATH).href).toBe(url);
  });

  it.each([
    '',
    'ftp://a',
    'ws://',
    'ws://u@a',
    'ws://u:p@a',
    'ws://a?b',
    'ws://a#b',
    'ws://a b',
    'a:x',
  ])('refuses %j', (address) => {
    expect(() => dialUrl(address, PATH)).toThrow(expect.objectContaining({ code: 'invalid_url' }));
  });
});

describe('dial', () => {
  let server: Server | undefined;
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server?.close();
  });
  const serve = async (answer: (socket: Socket, request: string) => void): Promise<string> => {
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.setEncoding('latin1').once('data', (request: string) => answer(socket, request));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('asks for nothing but a WebSocket on the path', async () => {
    let seen = '';
    const url = await serve((socket, request) => {
      seen = request;
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    });
    await expect(dial(`${url}/prefix/`, { path: PATH })).rejects.toMatchObject({
      code: 'refused_by_server',
      status: 404,
    });
    const [line, ...headers] = seen.trim().split('\r\n');
    expect(line).toBe(`GET /prefix${PATH} HTTP/1.1`);
    const names = headers.map((header) => header.split(':')[0]?.toLowerCase());
    expect(new Set(names)).toEqual(
      new Set(['host', 'connection', 'upgrade', 'sec-websocket-key', 'sec-websocket-version']),
    );
  });

  it('does not follow to another place', async () => {
    const url = await serve((socket) =>
      socket.end('HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n'),
    );
    await expect(dial(url, { path: PATH })).rejects.toMatchObject({ status: 302 });
  });

  it.each([
    ['nobody', 'ws://127.0.0.1:1'],
    ['a name that is none', 'ws://no-such-host.invalid'],
  ])('says that %s is there', async (_what, url) => {
    await expect(dial(url, { path: PATH })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('says that what answers is no WebSocket, or does not answer in time', async () => {
    const wrong = await serve((socket) => socket.end('SSH-2.0-x\r\n'));
    await expect(dial(wrong, { path: PATH })).rejects.toMatchObject({ code: 'unreachable' });
    server?.close();
    const silent = await serve(() => undefined);
    await expect(dial(silent, { path: PATH, timeoutMs: 100 })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  it('is given up when the caller says so, before and meanwhile', async () => {
    const silent = await serve(() => giveUp.abort());
    const giveUp = new AbortController();
    const attempt = dial(silent, { path: PATH, signal: giveUp.signal });
    await expect(attempt).rejects.toMatchObject({ code: 'aborted' });
    const again = dial(silent, { path: PATH, signal: giveUp.signal });
    await expect(again).rejects.toMatchObject({ code: 'aborted' });
  });
});
