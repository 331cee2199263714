// Requests as HTTP allows them, on any path and on paths near the right one.
import { METHODS } from 'node:http';
import type { SeededRandom } from '@gravy/testing';
import { type Headers, notFound, PLAIN, type Probe, request, UPGRADE } from './probe.js';

const INVENTED = [
  'GRAVY',
  'BREW',
  'get',
  'Get',
  'X',
  'GETT',
  'GE',
  'G',
  "!#$%&'*+-.^_`|~09",
  'QQQQQQQQQQQQQQQQ',
];
const COMMON_PATHS = [
  '/',
  '/index.html',
  '/favicon.ico',
  '/robots.txt',
  '/.well-known/security.txt',
  '/.git/config',
  '/.env',
  '/admin',
  '/ws',
  '/socket.io/?EIO=4&transport=websocket',
  '/status',
  '/metrics',
  '/ready',
  '/quicktunnel',
  '/cgi-bin/test.cgi?a=b',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '//',
  '/?',
  '*',
];

/** Every method, plain and upgrading, on no path in particular. */
export function methodProbes(path: string): Probe[] {
  return [...METHODS, ...INVENTED].flatMap((method) => {
    const target = method === 'CONNECT' ? 'example.org:443' : '/';
    const probes = [
      notFound(`${method} of nothing`, request(`${method} ${target} HTTP/1.1`, PLAIN)),
    ];
    if (method === 'GET') return probes;
    const upgrading = request(`${method} ${path} HTTP/1.1`, UPGRADE);
    return [...probes, notFound(`${method} of the right path, upgrading`, upgrading)];
  });
}

export function pathProbes(path: string, random: SeededRandom): Probe[] {
  const targets = new Set([...COMMON_PATHS, ...nearPaths(path), ...mutatedPaths(path, random)]);
  targets.delete(path);
  return [...targets].flatMap((target) => [
    notFound(`GET ${target}`, request(`GET ${target} HTTP/1.1`, PLAIN)),
    notFound(`GET ${target}, upgrading`, request(`GET ${target} HTTP/1.1`, UPGRADE)),
  ]);
}

/** The right path, as somebody might write it who takes it for a path like any other. */
function nearPaths(path: string): string[] {
  const name = path.slice(1);
  const hex = name.charCodeAt(0).toString(16);
  return [
    `${path}/`,
    `/${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `/x${path}`,
    `${path}?`,
    `${path}?a=b`,
    `${path}#`,
    `${path}#a`,
    `${path};a=b`,
    `${path}%20`,
    `${path}%00`,
    `${path}=`,
    `${path}==`,
    `/%${hex}${name.slice(1)}`,
    `/%${hex.toUpperCase()}${name.slice(1)}?`,
    `${path}${path}`,
    path.slice(0, -1),
    path.toUpperCase(),
    path.toLowerCase(),
    `/${name.split('').toReversed().join('')}`,
    `http://127.0.0.1${path}`,
    `http://example.org${path}`,
    `ws://127.0.0.1${path}`,
  ];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');

/** One letter changed, lost or too many, at every place of the path. */
function mutatedPaths(path: string, random: SeededRandom): string[] {
  return Array.from({ length: path.length - 1 }, (_, index) => index + 1).flatMap((at) => [
    path.slice(0, at) + random.pick(LETTERS) + path.slice(at + 1),
    path.slice(0, at) + path.slice(at + 1),
    path.slice(0, at) + random.pick(LETTERS) + path.slice(at),
  ]);
}

const SPOILT_UPGRADES: readonly (readonly [name: string, value: string | undefined])[] = [
  ['Host', undefined],
  ['Connection', undefined],
  ['Connection', 'keep-alive'],
  ['Connection', 'close'],
  ['Upgrade', undefined],
  ['Upgrade', 'h2c'],
  ['Upgrade', 'websockets'],
  ['Upgrade', 'websocket/13'],
  ['Upgrade', 'websocket, h2c'],
  ['Upgrade', 'h2c, websocket'],
  ['Upgrade', 'TLS/1.0'],
  ['Sec-WebSocket-Version', undefined],
  ['Sec-WebSocket-Version', ''],
  ['Sec-WebSocket-Version', '0'],
  ['Sec-WebSocket-Version', '7'],
  ['Sec-WebSocket-Version', '8'],
  ['Sec-WebSocket-Version', '12'],
  ['Sec-WebSocket-Version', '14'],
  ['Sec-WebSocket-Version', '013'],
  ['Sec-WebSocket-Version', '13, 8'],
  ['Sec-WebSocket-Version', '255'],
  ['Sec-WebSocket-Key', undefined],
  ['Sec-WebSocket-Key', ''],
  ['Sec-WebSocket-Key', 'short'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ='],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ==='],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZ-=='],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZSBhbmQgbW9yZQ=='],
  ['Sec-WebSocket-Protocol', 'chat'],
  ['Sec-WebSocket-Protocol', ''],
  ['Content-Length', '0'],
  ['Content-Length', '5'],
  ['Transfer-Encoding', 'chunked'],
  ['Expect', '100-continue'],
  ['Expect', '200-ok'],
];

const SOME_HEADERS: readonly (readonly [string, string])[] = [
  ...Object.entries(UPGRADE).map(([name, value]): [string, string] => [name, value ?? '']),
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip, br'],
  ['Cache-Control', 'no-cache'],
  ['Content-Type', 'application/x-www-form-urlencoded'],
  ['Origin', 'http://127.0.0.1'],
  ['Referer', 'http://127.0.0.1/'],
  ['Sec-WebSocket-Extensions', 'permessage-deflate'],
  ['User-Agent', 'curl/8.0.0'],
  ['Via', '1.1 proxy'],
  ['X-Forwarded-Proto', 'https'],
];

/** What a scanner that guesses may put together; none of it guesses the path. */
export function guessedProbes(random: SeededRandom): Probe[] {
  return Array.from({ length: 60 }, (_, index) => {
    const method = random.pick(['GET', 'GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'SCAN']);
    const target = `/${Array.from({ length: random.below(30) }, () => random.pick(LETTERS)).join('')}`;
    const headers = SOME_HEADERS.filter(() => random.oneIn(2));
    const version = random.pick(['1.1', '1.1', '1.1', '1.0']);
    return notFound(
      `guess ${index}`,
      request(`${method} ${target} HTTP/${version}`, Object.fromEntries(headers)),
    );
  });
}

/** The right path, asked for in every way but the right one. */
export function upgradeProbes(path: string): Probe[] {
  const headersOnly: readonly [string, Headers][] = [
    ['alone', PLAIN],
    ['without any header', {}],
    ['with keep-alive', { ...PLAIN, Connection: 'keep-alive' }],
    [
      'with h2c',
      {
        ...PLAIN,
        Connection: 'Upgrade, HTTP2-Settings',
        Upgrade: 'h2c',
        'HTTP2-Settings': 'AAMAAABkAAQAAP__',
      },
    ],
  ];
  return [
    ...headersOnly.map(([how, headers]) =>
      notFound(`the right path ${how}`, request(`GET ${path} HTTP/1.1`, headers)),
    ),
    ...SPOILT_UPGRADES.map(([name, value]) =>
      notFound(
        `the right path, ${name} ${value ?? 'missing'}`,
        request(
          `GET ${path} HTTP/1.1`,
          { ...UPGRADE, [name]: value },
          name === 'Content-Length' && value === '5' ? 'hello' : '',
        ),
      ),
    ),
    notFound('the right path in HTTP/1.0', request(`GET ${path} HTTP/1.0`, UPGRADE)),
    notFound('the right path in HTTP/1.0, alone', request(`GET ${path} HTTP/1.0`, {})),
  ];
}
