import { readdir } from 'node:fs/promises';
import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { TunnelError } from '../src/index.js';
import { makeWorld, PATH, requestStatus, stateNames } from './world.js';

test('goes through its states, is reachable by its URL, and leaves nothing behind', async () => {
  const world = await makeWorld();
  const tunnel = await world.open();
  expect(tunnel.url).toMatch(/^https:\/\/[a-z-]+-[0-9a-f]+\.trycloudflare\.com$/u);
  expect(world.edge.hostnames).toEqual([new URL(tunnel.url).hostname]);
  expect(tunnel.state).toEqual({ kind: 'reachable', url: tunnel.url, isConfirmed: true });
  expect(stateNames(world.events)).toEqual(['starting auto', 'registered', 'reachable', 'url']);
  expect(world.events.at(-1)).toEqual({ kind: 'url', url: tunnel.url, previousUrl: undefined });

  expect(await readdir(world.folder)).toHaveLength(2);
  await tunnel.close();
  expect(tunnel.state).toEqual({ kind: 'closed', reason: undefined });
  expect(await tunnel.closed).toBeUndefined();
  expect(await world.standIn.alivePids()).toEqual([]);
  expect(await readdir(world.folder)).toEqual([]);
  // Again is the same.
  await tunnel.close();
});

test('does not look its name up before it is settled', async () => {
  const world = await makeWorld();
  let registeredAt = Number.POSITIVE_INFINITY;
  let lookedAt = 0;
  await world.open({
    limits: { settleMs: 300 },
    onEvent: (event) => {
      if (event.kind === 'state' && event.state.kind === 'registered') {
        registeredAt = performance.now();
      }
    },
    probe: () => {
      lookedAt = performance.now();
      return Promise.resolve('leads-here');
    },
  });
  // Both are noted a moment after what they note.
  expect(lookedAt - registeredAt).toBeGreaterThan(290);
});

test('carries WebSockets, and says whose they are', async () => {
  const world = await makeWorld();
  const tunnel = await world.open();
  expect(await world.talk(tunnel.url, 'Hello')).toBe('Hello');
  expect(world.requests.at(-1)?.headers).toMatchObject({
    host: new URL(tunnel.url).hostname,
    'cf-connecting-ip': '203.0.113.7',
    'x-forwarded-proto': 'https',
  });
  const direct = new WebSocket(`${await world.edge.addressOf(tunnel.url)}${PATH}`);
  await new Promise((resolve, reject) => {
    direct.on('open', resolve);
    direct.on('error', reject);
  });
  direct.terminate();
});

test('lets through the one path, and answers everything else itself', async () => {
  const world = await makeWorld();
  const tunnel = await world.open();
  const paths = ['/', `${PATH}/`, `${PATH}x`, `/x${PATH}`, '/QmFzZTY0LXBhdGgtb2YtaG9zdB'];
  for (const path of paths) expect(await requestStatus(tunnel.url, path), path).toBe(404);
  const socket = new WebSocket(`${tunnel.url.replace('https:', 'wss:')}/other`);
  const status = await new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('error', () => {});
  });
  expect(status).toBe(404);
  expect(world.requests).toEqual([]);
  // 426 is what a WebSocket server says to a plain request.
  expect(await requestStatus(tunnel.url, PATH)).not.toBe(404);
});

test('publishes the whole port if no path is given', async () => {
  const world = await makeWorld();
  const tunnel = await world.open({ origin: { port: world.port } });
  expect(await requestStatus(tunnel.url, '/anything')).toBe(200);
  const [call] = await world.standIn.calls();
  expect(call?.config).toBe(`{"ingress":[{"service":"http://127.0.0.1:${world.port}"}]}`);
});

test('calls cloudflared as it has to be called', async () => {
  const world = await makeWorld();
  await world.open({
    environment: {
      ...process.env,
      TUNNEL_NAME: 'other',
      tunnel_token: 'x',
      STDIN_CONTROL: '1',
      NO_AUTOUPDATE: '1',
      GRAVY_PASSWORD: 'secret',
      HTTPS_PROXY: 'http://proxy.example',
    },
  });
  const [call] = await world.standIn.calls();
  expect(
    call?.options.map((option) => option.replace(/\/.*cloudflared-[0-9a-f-]{36}/u, 'OURS')),
  ).toEqual([
    'tunnel',
    '--config',
    'OURS.yml',
    '--no-autoupdate',
    '--protocol',
    'auto',
    '--metrics',
    expect.stringMatching(/^127\.0\.0\.1:\d+$/u),
    '--grace-period',
    '2s',
    '--url',
    `http://127.0.0.1:${world.port}`,
  ]);
  expect(JSON.parse(call?.config ?? '')).toEqual({
    ingress: [
      { path: `^${PATH}$`, service: `http://127.0.0.1:${world.port}` },
      { service: 'http_status:404' },
    ],
  });
  // Started by this process itself, with no shell or other program in between.
  expect(call?.parentPid).toBe(process.pid);
  const names = Object.keys(call?.environment ?? {});
  expect(names.filter((name) => /^(?:TUNNEL_|GRAVY_|STDIN|NO_AUTO)/iu.test(name))).toEqual([
    'TUNNEL_NO_PRECHECKS',
  ]);
  expect(call?.environment).toMatchObject({
    TUNNEL_NO_PRECHECKS: '1',
    HTTPS_PROXY: 'http://proxy.example',
  });
});

test('is given up when the signal says so, before and during the start', async () => {
  const world = await makeWorld({ behaviour: { hangsAtStart: true } });
  await expect(world.open({ signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
  expect(world.events).toEqual([]);
  const giveUp = new AbortController();
  const opening = world.open({ signal: giveUp.signal });
  await world.untilEvent((event) => event.kind === 'state' && event.state.kind === 'starting');
  giveUp.abort();
  await expect(opening).rejects.toMatchObject({ code: 'aborted' });
  expect(await world.standIn.alivePids()).toEqual([]);
  expect(await readdir(world.folder)).toEqual([]);
});

test('two share a folder and know nothing of each other', async () => {
  const world = await makeWorld();
  const one = await world.open();
  const other = await world.open();
  expect(one.url).not.toBe(other.url);
  await one.close();
  expect(await world.talk(other.url, 'still')).toBe('still');
  const third = await world.open();
  expect(await world.talk(third.url, 'here')).toBe('here');
});

test('a listener that throws harms nobody', async () => {
  const world = await makeWorld();
  const thrown: unknown[] = [];
  const catchIt = (error: unknown): void => void thrown.push(error);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', catchIt);
  try {
    const tunnel = await world.open({
      onEvent: () => {
        throw new Error('not yours');
      },
    });
    expect(tunnel.state.kind).toBe('reachable');
    await tunnel.close();
  } finally {
    process.removeListener('uncaughtException', catchIt);
    for (const listener of others) process.on('uncaughtException', listener);
  }
  expect(thrown).toHaveLength(5);
});

test.each([
  ['a port that is none', { origin: { port: 0 } }],
  ['a path without a slash', { origin: { port: 1, path: 'x' } }],
  ['a path that is no request target', { origin: { port: 1, path: '/a b' } }],
  [
    'a URL for a hostname',
    { tunnel: { kind: 'named', hostname: 'https://x.example', tokenFile: '/x' } as const },
  ],
])('%s is misuse', async (_name, options) => {
  const world = await makeWorld();
  const error: unknown = await world.open(options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TunnelError);
  expect(error).toMatchObject({ code: 'misuse' });
});
