// What scanners send: requests at the edge of HTTP, several at once, slow ones, and other protocols.
import type { SeededRandom } from '@gravy/testing';
import { cut, type Headers, notFound, PLAIN, type Probe, request, UPGRADE } from './probe.js';

const plain = (headers: Headers, body = ''): Buffer =>
  request('POST / HTTP/1.1', { ...PLAIN, ...headers }, body);

/** Bodies, lengths and encodings that proxies disagree about. */
function smuggling(path: string): Probe[] {
  const inside = request(`GET ${path} HTTP/1.1`, UPGRADE).toString('latin1');
  const length = String(inside.length);
  const chunk = `${inside.length.toString(16)}\r\n${inside}\r\n0\r\n\r\n`;
  return [
    ['a request as body', plain({ 'Content-Length': length }, inside)],
    ['a request in a chunk', plain({ 'Transfer-Encoding': 'chunked' }, chunk)],
    [
      'a request after the last chunk',
      plain({ 'Transfer-Encoding': 'chunked' }, `0\r\n\r\n${inside}`),
    ],
    ['a request after an empty body', plain({ 'Content-Length': '0' }, inside)],
    ['length and chunks', plain({ 'Content-Length': '5', 'Transfer-Encoding': 'chunked' }, chunk)],
    [
      'chunks and length',
      plain({ 'Transfer-Encoding': 'chunked', 'Content-Length': length }, inside),
    ],
    ['two lengths', plain({ 'Content-Length': '0', 'content-length': length }, inside)],
    ['two lengths that agree', plain({ 'Content-Length': '5', 'content-length': '5' }, 'hello')],
    ['an encoding that is none', plain({ 'Transfer-Encoding': 'xchunked' }, chunk)],
    ['chunked, identity', plain({ 'Transfer-Encoding': 'chunked, identity' }, chunk)],
    ['identity', plain({ 'Transfer-Encoding': 'identity' }, inside)],
    ['a chunk of no size', plain({ 'Transfer-Encoding': 'chunked' }, 'zz\r\n')],
    ['a chunk of every size', plain({ 'Transfer-Encoding': 'chunked' }, `${'f'.repeat(16)}\r\n`)],
    [
      'long chunk extensions',
      plain({ 'Transfer-Encoding': 'chunked' }, `1;${'a'.repeat(20_000)}\r\n`),
    ],
    ['a body that does not come', plain({ 'Content-Length': '500' }, 'hello')],
    ['a length that is no number', plain({ 'Content-Length': 'five' }, 'hello')],
    ['a negative length', plain({ 'Content-Length': '-1' }, 'hello')],
    ['a body of 2^53', plain({ 'Content-Length': '9007199254740993' }, 'hello')],
  ].map(([what, bytes]) => notFound(String(what), Buffer.from(bytes ?? '')));
}

function inARow(path: string): Probe[] {
  const one = request('GET / HTTP/1.1', { ...PLAIN, Connection: 'keep-alive' });
  const right = request(`GET ${path} HTTP/1.1`, UPGRADE);
  return [
    notFound('two requests at once', Buffer.concat([one, one])),
    notFound('a hundred requests at once', Buffer.concat(Array.from({ length: 100 }, () => one))),
    notFound('the right request after another', Buffer.concat([one, right])),
    notFound(
      'the right request after a wrong upgrade',
      Buffer.concat([request('GET /x HTTP/1.1', UPGRADE), right]),
    ),
    notFound(
      'the right request after CONNECT',
      Buffer.concat([request('CONNECT a:1 HTTP/1.1', PLAIN), right]),
    ),
    notFound('a request and noise', Buffer.concat([one, Buffer.alloc(100, 0)])),
    notFound(
      'a request and TLS',
      Buffer.concat([one, Buffer.from('16030100c8010000c40303', 'hex')]),
    ),
    notFound('an empty line before', Buffer.concat([Buffer.from('\r\n'), one])),
  ];
}

function headerProbes(): Probe[] {
  const many = (count: number): Headers =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-${index}`, 'y']));
  const asked: readonly [string, Headers][] = [
    ['no Host', { Host: undefined }],
    ['an empty Host', { Host: '' }],
    ['another Host', { Host: 'example.org' }],
    ['a Host with a path', { Host: 'a/b' }],
    ['two Hosts', { host: 'b' }],
    ['a header of 20,000', { X: 'x'.repeat(20_000) }],
    ['a header of 100,000', { X: 'x'.repeat(100_000) }],
    ['a name of 20,000', { ['x'.repeat(20_000)]: 'x' }],
    ['500 headers', many(500)],
    ['3,000 headers', many(3_000)],
    ['cf-connecting-ip', { 'cf-connecting-ip': '203.0.113.1' }],
    ['forwarded by somebody', { 'X-Forwarded-For': '203.0.113.1', Forwarded: 'for=203.0.113.1' }],
    ['an Origin', { Origin: 'https://example.org' }],
    ['a preflight', { Origin: 'https://example.org', 'Access-Control-Request-Method': 'GET' }],
    ['Expect', { Expect: '100-continue', 'Content-Length': '5' }],
    ['another Expect', { Expect: 'the unexpected' }],
    ['a Range', { Range: 'bytes=0-0' }],
    ['If-None-Match', { 'If-None-Match': '*' }],
    ['an Authorization', { Authorization: 'Basic YTpi' }],
    ['a Cookie', { Cookie: 'a=b' }],
    ['a close', { Connection: 'close' }],
    ['TE', { TE: 'trailers', Trailer: 'X' }],
    ['Max-Forwards', { 'Max-Forwards': '0' }],
  ];
  return asked.map(([what, extra]) =>
    notFound(what, request('GET / HTTP/1.1', { ...PLAIN, ...extra })),
  );
}

function otherLines(): Probe[] {
  return [
    notFound('HTTP/1.0', request('GET / HTTP/1.0', {})),
    notFound('HTTP/1.0 with keep-alive', request('GET / HTTP/1.0', { Connection: 'keep-alive' })),
    notFound('a path of 20,000', request(`GET /${'a'.repeat(20_000)} HTTP/1.1`, PLAIN)),
    notFound('a full URL', request('GET http://example.org/ HTTP/1.1', { Host: 'example.org' })),
    notFound('an https URL', request('GET https://example.org/ HTTP/1.1', { Host: 'example.org' })),
    // Node's parser takes it for HTTP/1.0, and the answer is the same.
    notFound('RTSP', Buffer.from('OPTIONS rtsp://a/ RTSP/1.0\r\nCSeq: 1\r\n\r\n')),
    notFound('CONNECT of nothing', request('CONNECT :0 HTTP/1.1', {})),
    notFound('CONNECT upgrading', request('CONNECT a:443 HTTP/1.1', UPGRADE)),
  ];
}

function notHttp(path: string, random: SeededRandom): Probe[] {
  const noise = Array.from({ length: 40 }, (_, index) => {
    const bytes = Buffer.from(random.bytes(1 + random.below(300)));
    // No method begins with a byte like this.
    bytes.writeUInt8(0x80 | random.below(128), 0);
    return cut(`noise ${index}`, bytes);
  });
  return [
    ...noise,
    cut(
      'TLS',
      Buffer.concat([Buffer.from('16030100c8010000c40303', 'hex'), Buffer.from(random.bytes(200))]),
    ),
    cut(
      'TLS 1.3',
      Buffer.concat([Buffer.from('16030300c8010000c40303', 'hex'), Buffer.from(random.bytes(200))]),
    ),
    cut('SSH', 'SSH-2.0-OpenSSH_9.9\r\n'),
    cut('HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    cut('HTTP/2 as a line', 'GET / HTTP/2\r\nHost: a\r\n\r\n'),
    cut('HTTP/0.9', 'GET /\r\n'),
    cut('HTTP/1.12', 'GET / HTTP/1.12\r\nHost: a\r\n\r\n'),
    cut('HTTP/9.9', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'),
    cut('the right path without its slash', request(`GET ${path.slice(1)} HTTP/1.1`, UPGRADE)),
    cut('the right path after a backslash', request(`GET \\${path.slice(1)} HTTP/1.1`, UPGRADE)),
    cut('HTTP in small letters', 'GET / http/1.1\r\nHost: a\r\n\r\n'),
    cut('SIP', 'OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TCP a\r\n\r\n'),
    cut('SMTP', 'EHLO example.org\r\n'),
    cut('FTP', 'USER anonymous\r\n'),
    cut('IMAP', 'a1 LOGIN a b\r\n'),
    cut('Redis', '*1\r\n$4\r\nPING\r\n'),
    cut('Minecraft', Buffer.from('0f00', 'hex')),
    cut('SOCKS5', Buffer.from('050100', 'hex')),
    cut('PROXY protocol', 'PROXY TCP4 203.0.113.1 203.0.113.2 1 2\r\n'),
    cut('JSON', '{"jsonrpc":"2.0","id":1,"method":"account.list"}\n'),
    cut('zeros', Buffer.alloc(100)),
    cut('empty lines and zeros', '\r\n\r\n\0\0'),
    cut('words', 'hello there\r\n\r\n'),
    cut('a control character in the path', 'GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n'),
    cut('a header without a colon', 'GET / HTTP/1.1\r\nno colon\r\n\r\n'),
    cut('a header with a zero', 'GET / HTTP/1.1\r\nX: \0\r\n\r\n'),
    cut('a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n'),
    cut('a space before the first header', 'GET / HTTP/1.1\r\n Host: a\r\n\r\n'),
    cut('an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
  ];
}

function slowly(probes: readonly Probe[]): Probe[] {
  return probes.map((probe) => ({
    ...probe,
    what: `${probe.what}, in single bytes`,
    isSlow: true,
  }));
}

export function oddProbes(path: string, random: SeededRandom): Probe[] {
  return [
    ...smuggling(path),
    ...inARow(path),
    ...headerProbes(),
    ...otherLines(),
    ...notHttp(path, random),
    ...slowly([
      notFound('GET', request('GET / HTTP/1.1', PLAIN)),
      notFound('GRAVY', request('GRAVY / HTTP/1.1', PLAIN)),
      notFound('BREW', request('BREW /pot HTTP/1.1', PLAIN)),
      notFound('GE', request('GE / HTTP/1.0', PLAIN)),
      notFound('an upgrade', request('GET /x HTTP/1.1', UPGRADE)),
      notFound('the right path, unknown method', request(`GETS ${path} HTTP/1.1`, UPGRADE)),
      notFound('two lengths', plain({ 'Content-Length': '0', 'content-length': '5' }, 'hello')),
      cut('words', 'hello there\r\n\r\n'),
      cut('SSH', 'SSH-2.0-OpenSSH_9.9\r\n'),
      cut('HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    ]),
  ];
}
