import { describe, expect, it } from 'vitest';
import { rawRequest, requestLines } from './raw-request.js';
import { servePage } from './served-page.js';

const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

describe('the local server', () => {
  it('serves the page to 127.0.0.1:PORT, whoever links to it', async () => {
    const { port } = await servePage();
    for (const fields of [
      {},
      { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
      {
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'document',
      },
      { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'script' },
    ]) {
      const { status, body } = await rawRequest(port, requestLines(port, {}, fields));
      expect([status, body]).toEqual([200, '<title>Gravy</title>']);
    }
  });

  it.each([
    ['localhost', (port: number) => `localhost:${port}`],
    ['a name that resolves here', (port: number) => `evil.example:${port}`],
    ['another port', () => '127.0.0.1:1'],
    ['no port', () => '127.0.0.1'],
    ['another loopback address', (port: number) => `127.0.0.2:${port}`],
    ['IPv6', (port: number) => `[::1]:${port}`],
    ['a dot at the end', (port: number) => `127.0.0.1.:${port}`],
    ['a number in another notation', (port: number) => `2130706433:${port}`],
    ['a user before it', (port: number) => `me@127.0.0.1:${port}`],
    ['an empty one', () => ''],
  ])('refuses as Host: %s', async (_what, host) => {
    const { port } = await servePage();
    const lines = requestLines(port, {}, { Host: host(port) });
    expect((await rawRequest(port, lines)).status).toBe(403);
    const upgrade = requestLines(port, { path: '/rpc' }, { ...UPGRADE, Host: host(port) });
    expect((await rawRequest(port, upgrade)).status).toBe(403);
  });

  it('refuses a missing or repeated Host, and a URL in the place of a path', async () => {
    const { port } = await servePage();
    const own = `Host: 127.0.0.1:${port}`;
    const refused = async (lines: string[]): Promise<void> => {
      expect((await rawRequest(port, [...lines, 'Connection: close'])).status).toSatisfy(
        (status: number) => status === 403 || status === 400,
      );
    };
    await refused(['GET / HTTP/1.1']);
    await refused(['GET / HTTP/1.0']);
    await refused(['GET / HTTP/1.1', own, 'Host: evil.example']);
    await refused(['GET / HTTP/1.1', 'Host: evil.example', own]);
    await refused([`GET http://127.0.0.1:${port}/ HTTP/1.1`, own]);
  });

  it.each([
    'cf-connecting-ip: 203.0.113.7',
    'CF-Ray: 1',
    'cf-anything-new: 1',
    'Forwarded: for=203.0.113.7',
    'X-Forwarded-For: 203.0.113.7',
    'x-forwarded-host: 127.0.0.1',
    'Via: 1.1 proxy',
  ])('refuses what came through a proxy: %s', async (field) => {
    const { port } = await servePage();
    const { status, body } = await rawRequest(port, [...requestLines(port, {}), field]);
    expect([status, body]).toEqual([403, 'This page does not go through proxies or tunnels.\n']);
    const upgrade = requestLines(
      port,
      { path: '/rpc' },
      { ...UPGRADE, Origin: `http://127.0.0.1:${port}` },
    );
    expect((await rawRequest(port, [...upgrade, field])).status).toBe(403);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE'])(
    'refuses %s without the Origin of the page',
    async (method) => {
      const { port } = await servePage();
      for (const origin of [
        undefined,
        'null',
        'http://evil.example',
        `http://localhost:${port}`,
        `https://127.0.0.1:${port}`,
        `http://127.0.0.1:${port}/`,
        'http://127.0.0.1',
      ]) {
        const lines = requestLines(
          port,
          { method, path: '/session/open' },
          { Origin: origin, 'Content-Length': '0' },
        );
        const { status, headers } = await rawRequest(port, lines);
        expect(status).toBe(403);
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual(
          [],
        );
      }
    },
  );

  it('refuses an upgrade without the Origin of the page, to another path, and with two Origins', async () => {
    const { port, origin } = await servePage();
    const upgrade = async (path: string, ...fields: string[]): Promise<number> => {
      const lines = requestLines(port, { path }, UPGRADE);
      return (await rawRequest(port, [...lines, ...fields])).status;
    };
    expect(await upgrade('/rpc')).toBe(403);
    expect(await upgrade('/rpc', 'Origin: null')).toBe(403);
    expect(await upgrade('/rpc', 'Origin: http://evil.example')).toBe(403);
    expect(await upgrade('/rpc', `Origin: ${origin}`, 'Origin: http://evil.example')).toBe(403);
    expect(await upgrade('/', `Origin: ${origin}`)).toBe(404);
    expect(await upgrade('/rpc?x', `Origin: ${origin}`)).toBe(404);
    expect(await upgrade('/rpc', `Origin: ${origin}`)).toBe(101);
  });

  it('lets no other page load, frame or read what it serves', async () => {
    const { port } = await servePage();
    for (const [mode, dest] of [
      ['no-cors', 'script'],
      ['no-cors', 'image'],
      ['cors', 'empty'],
      ['navigate', 'iframe'],
      ['navigate', 'embed'],
    ]) {
      for (const site of ['cross-site', 'same-site']) {
        const lines = requestLines(
          port,
          {},
          { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': dest },
        );
        expect((await rawRequest(port, lines)).status).toBe(403);
      }
    }
    // Only the page itself is for following links to.
    for (const path of ['/assets/page.js', '/files/x', '/?x', '/.']) {
      const fields = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
      const lines = requestLines(port, { path }, { ...fields, 'Sec-Fetch-Dest': 'document' });
      expect((await rawRequest(port, lines)).status).toBe(403);
    }
    const foreign = requestLines(port, {}, { Origin: 'http://evil.example' });
    expect((await rawRequest(port, foreign)).status).toBe(403);
  });

  it.each([
    ['/', 200],
    ['/nothing-here', 404],
    ['/session/open', 404],
    ['/../package.json', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/assets/../../../package.json', 404],
    ['//evil.example/', 404],
  ])('answers GET %s with %d and every security header', async (path, expected) => {
    const { port, origin } = await servePage();
    const { status, headers } = await rawRequest(port, requestLines(port, { path }));
    expect(status).toBe(expected);
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        `connect-src 'self' ws://${origin.slice('http://'.length)}`,
        "img-src 'self' blob:",
        "frame-ancestors 'none'",
        "form-action 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy.join()).not.toMatch(/unsafe|\*|data:|https:/u);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers.has('set-cookie')).toBe(false);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});
