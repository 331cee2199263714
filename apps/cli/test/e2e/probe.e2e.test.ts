import { hkdfSync, randomBytes } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawId } from './id-text.js';
import { allProbes } from './probes/all-probes.js';
import type { Probe } from './probes/probe.js';
import { acquaint, connect, host, type Person, Stage } from './rpc-process.js';

const NOTHING_HERE = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const SEED = 20_261_125;
const PROBES_AT_ONCE = 8;
/** Above this, parts are sent one by one, a turn of the event loop apart. */
const SEVERAL = 2;
/** To the key below, which is the one of RFC 6455 section 1.3. */
const UPGRADED =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const WEBSOCKET = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

// Spec 1 and 5: what a stranger sees who does not know the key of the host.
describe('whoever probes a host', { timeout: 20_000 }, () => {
  const stage = new Stage();
  let ada: Person;
  let url: string;
  let path: string;

  beforeAll(async () => {
    ada = await stage.person('ada');
    url = await host(ada);
    const key = hkdfSync('sha256', rawId(ada.id), '', 'gravy/1 path', 16);
    path = `/${Buffer.from(key).toString('base64url')}`;
  });
  afterAll(() => stage.end());

  /** What the host answers until it hangs up. */
  const answerTo = async (...sent: readonly (string | Buffer)[]): Promise<string> => {
    const { hostname, port } = new URL(url);
    const socket = connectTcp(Number(port), hostname);
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    socket.on('error', () => undefined);
    socket.setNoDelay();
    const isGone = new Promise((resolve) => socket.once('close', resolve));
    for (const part of sent) {
      if (sent.length > SEVERAL && !socket.destroyed) await setImmediate();
      socket.write(part);
    }
    await isGone;
    return answer;
  };
  const request = (line: string, ...headers: readonly string[]): string =>
    `${[line, 'Host: 127.0.0.1', ...headers].join('\r\n')}\r\n\r\n`;

  it('finds nothing at any path, by any method', async () => {
    const answers = await Promise.all([
      answerTo(request('GET / HTTP/1.1')),
      answerTo(request('HEAD / HTTP/1.1')),
      answerTo(request('GET /index.html HTTP/1.1', 'Connection: keep-alive')),
      answerTo(request('POST / HTTP/1.1', 'Content-Length: 5'), 'hello'),
      answerTo(request('POST / HTTP/1.1', 'Content-Length: 5', 'Expect: 100-continue')),
      answerTo(request('OPTIONS * HTTP/1.1')),
      answerTo(request('CONNECT example.org:443 HTTP/1.1')),
      answerTo(request('GRAVY / HTTP/1.1')),
      answerTo('GET / HTTP/1.0\r\n\r\n'),
      answerTo('GET / HTTP/1.1\r\n\r\n'),
      answerTo(request('GET / HTTP/1.1', `X: ${'x'.repeat(20_000)}`)),
      answerTo(request('GET / HTTP/1.1', ...WEBSOCKET)),
      answerTo(request(`GET /${'A'.repeat(22)} HTTP/1.1`, ...WEBSOCKET)),
    ]);
    for (const [index, answer] of answers.entries()) {
      expect(answer, `probe ${index}`).toBe(NOTHING_HERE);
    }
  });

  it('finds nothing on the right path either, unless it asks exactly right', async () => {
    const without = (name: string): string[] => WEBSOCKET.filter((line) => !line.startsWith(name));
    const answers = await Promise.all([
      answerTo(request(`GET ${path} HTTP/1.1`)),
      answerTo(request(`POST ${path} HTTP/1.1`, ...WEBSOCKET)),
      answerTo(request(`GET ${path}/ HTTP/1.1`, ...WEBSOCKET)),
      answerTo(request(`GET ${path}?x HTTP/1.1`, ...WEBSOCKET)),
      answerTo(request(`GET http://127.0.0.1${path} HTTP/1.1`, ...WEBSOCKET)),
      answerTo(request(`GET ${path.toLowerCase()}x HTTP/1.1`, ...WEBSOCKET)),
      answerTo(request(`GET ${path} HTTP/1.1`, ...without('Sec-WebSocket-Key'))),
      answerTo(
        request(
          `GET ${path} HTTP/1.1`,
          ...without('Sec-WebSocket-Version'),
          'Sec-WebSocket-Version: 8',
        ),
      ),
    ]);
    for (const [index, answer] of answers.entries()) {
      expect(answer, `probe ${index}`).toBe(NOTHING_HERE);
    }
  });

  it('is cut without a word when it does not speak HTTP', async () => {
    const clientHello = Buffer.from('16030100c8010000c40303', 'hex');
    expect(await answerTo(Buffer.concat([clientHello, randomBytes(200)]))).toBe('');
    expect(await answerTo('SSH-2.0-OpenSSH_9.9\r\n')).toBe('');
    expect(await answerTo('\0\0\0\0\r\n\r\n')).toBe('');
  });

  it('learns nothing from 500 different probes', { timeout: 120_000 }, async () => {
    const probes = allProbes(path, SEED);
    expect(probes.length).toBeGreaterThanOrEqual(500);
    const wrong: string[] = [];
    const probe = async ({ what, bytes, answer, isSlow = false }: Probe): Promise<void> => {
      const sent = isSlow ? Array.from(bytes, (byte) => Buffer.of(byte)) : [bytes];
      const got = await answerTo(...sent);
      const expected = answer === 'cut' ? '' : NOTHING_HERE;
      if (got !== expected) wrong.push(`${what}: ${answer}, got ${JSON.stringify(got)}`);
    };
    // A few at a time, well within what a host lets in at once.
    const left = probes[Symbol.iterator]();
    await Promise.all(
      Array.from({ length: PROBES_AT_ONCE }, async () => {
        for (const next of left) await probe(next);
      }),
    );
    expect(wrong, `seed ${SEED}`).toEqual([]);
  });

  it.each([
    ['noise of the right size', frame(0x82, randomBytes(1252))],
    ['a first message of an unknown version', frame(0x82, Buffer.alloc(1252, 2))],
    ['one byte', frame(0x82, Buffer.of(1))],
    ['text', frame(0x81, Buffer.from('hello'))],
  ])('is cut without a word when it knows the path and sends %s', async (_what, sent) => {
    const compression = 'Sec-WebSocket-Extensions: permessage-deflate';
    const upgrade = request(`GET ${path} HTTP/1.1`, ...WEBSOCKET, compression);
    // The compression is not taken up, and not a byte follows.
    expect(await answerTo(upgrade, sent)).toBe(UPGRADED);
  });

  it('leaves the host as it was: a contact gets in, and nobody else was told of', async () => {
    const ben = await stage.person('ben');
    await acquaint(ada, ben);
    const from = ada.rpc.lines.length;
    await connect(ben, ada, url);
    await ben.rpc.call('message.send', { contact: 'ada', text: 'hello' });
    await ada.rpc.received('hello', from);
    expect(await ada.rpc.call('host.status')).toMatchObject({ running: true, sessions: 1 });
    const opened = ada.rpc.lines.filter(({ method }) => method === 'session.opened');
    expect(opened).toHaveLength(1);
    expect(ada.rpc.stderr).toBe('');
  });
});

/** A WebSocket frame of a client, RFC 6455 section 5.2, with a mask of zeros. */
function frame(firstByte: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(payload.length < 126 ? 6 : 8);
  header.writeUInt8(firstByte, 0);
  header.writeUInt8(0x80 | Math.min(payload.length, 126), 1);
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}
