import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ends, PATH } from './open-ends.js';

const ANSWER = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const UPGRADE: Readonly<Record<string, string>> = {
  Host: 'a',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

function request(line: string, headers: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(headers).filter(([, value]) => value !== undefined);
  return `${[line, ...present.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}

const methods = 'GET HEAD POST PUT DELETE OPTIONS TRACE PATCH PROPFIND BREW get Q'.split(' ');
const paths = [
  '/',
  '*',
  '/favicon.ico',
  '/.well-known/security.txt',
  PATH.slice(0, -1),
  `${PATH}x`,
  `${PATH}/`,
  `/${PATH}`,
  `${PATH}?`,
  `${PATH}?a=b`,
  `${PATH}#a`,
  PATH.toLowerCase(),
  PATH.replace('c', '%63'),
  `/x/..${PATH}`,
  `http://a${PATH}`,
  `ws://a${PATH}`,
];

const probes: [string, string][] = [
  ...methods.map((method): [string, string] => [
    method,
    request(`${method} / HTTP/1.1`, { Host: 'a' }),
  ]),
  ...methods
    .filter((method) => method !== 'GET')
    .map((method): [string, string] => [
      `${method}, upgrading`,
      request(`${method} ${PATH} HTTP/1.1`, UPGRADE),
    ]),
  ...paths.flatMap((path): [string, string][] => [
    [path, request(`GET ${path} HTTP/1.1`, { Host: 'a' })],
    [`${path}, upgrading`, request(`GET ${path} HTTP/1.1`, UPGRADE)],
  ]),
  ['the right path without upgrading', request(`GET ${PATH} HTTP/1.1`, { Host: 'a' })],
  ['CONNECT', request('CONNECT a:443 HTTP/1.1', { Host: 'a' })],
  ['HTTP/1.0', request('GET / HTTP/1.0', {})],
  ['HTTP/1.0, upgrading', request(`GET ${PATH} HTTP/1.0`, UPGRADE)],
  ['no Host', request('GET / HTTP/1.1', {})],
  ...(
    [
      ['Host', undefined],
      ['Connection', 'keep-alive'],
      ['Upgrade', 'h2c'],
      ['Upgrade', 'websocket, h2c'],
      ['Upgrade', undefined],
      ['Sec-WebSocket-Version', '8'],
      ['Sec-WebSocket-Version', '14'],
      ['Sec-WebSocket-Version', undefined],
      ['Sec-WebSocket-Key', 'short'],
      ['Sec-WebSocket-Key', undefined],
      ['Sec-WebSocket-Protocol', 'chat'],
      ['Content-Length', '5'],
      ['Transfer-Encoding', 'chunked'],
      ['Expect', '100-continue'],
    ] as const
  ).map(([name, value]): [string, string] => [
    `${name} ${value}, upgrading`,
    request(`GET ${PATH} HTTP/1.1`, { ...UPGRADE, [name]: value }),
  ]),
  ['Expect: 100-continue', request('GET / HTTP/1.1', { Host: 'a', Expect: '100-continue' })],
  ['Expect: other', request('GET / HTTP/1.1', { Host: 'a', Expect: 'other' })],
  ['a body', `${request('POST / HTTP/1.1', { Host: 'a', 'Content-Length': '5' })}hello`],
  ['a body that is missing', request('POST / HTTP/1.1', { Host: 'a', 'Content-Length': '500' })],
  ['two requests', request('GET / HTTP/1.1', { Host: 'a' }).repeat(2)],
  ['headers of 64 KiB', request('GET / HTTP/1.1', { Host: 'a', X: 'x'.repeat(65_536) })],
];

describe('whoever does not know the path', () => {
  let ends: Ends;
  beforeAll(async () => {
    ends = await Ends.open();
  });
  afterAll(() => ends.close());

  const answerTo = async (bytes: string | Buffer): Promise<string> => {
    const socket = connect(ends.listener.port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await closed(socket);
    return answer;
  };

  it('there are probes enough', () => {
    expect(probes.length).toBeGreaterThan(70);
  });

  it.each(probes)('gets the one answer: %s', async (_what, bytes) => {
    expect(await answerTo(bytes)).toBe(ANSWER);
    expect(ends.accepted).toHaveLength(0);
  });

  it.each([
    ['words', 'hello\r\n\r\n'],
    ['zeros', Buffer.alloc(100)],
    ['TLS', Buffer.from('16030100f1010000ed0303', 'hex')],
    ['SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a header that is none', 'GET / HTTP/1.1\r\nno colon\r\n\r\n'],
  ])('is cut without a word: %s', async (_what, bytes) => {
    expect(await answerTo(bytes)).toBe('');
  });

  it('is cut although it keeps sending', async () => {
    const socket = connect(ends.listener.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(request('POST / HTTP/1.1', { Host: 'a', 'Content-Length': '1000000000' }));
    const sending = setInterval(() => socket.write('x'.repeat(1_000)), 5);
    await closed(socket);
    clearInterval(sending);
  });
});

/** Being cut may show as an error on the way to the close, which `once` would take for a failure. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on('close', () => resolve()));
}
