// Every way in which cloudflared was seen to fail at the start, each with a code and advice of its own.
import { expect, test } from 'vitest';
import { type ProbeResult, TunnelError, type TunnelErrorCode } from '../src/index.js';
import { makeWorld, stateNames, type World } from './world.js';

async function failure(world: World, ...options: Parameters<World['open']>): Promise<TunnelError> {
  const error: unknown = await world.open(...options).catch((thrown: unknown) => thrown);
  if (!(error instanceof TunnelError)) throw new Error('It did not fail.', { cause: error });
  expect(await world.standIn.alivePids()).toEqual([]);
  return error;
}

test('429: says how long to wait, and does not try again', async () => {
  const world = await makeWorld();
  world.edge.api = 'rate-limited';
  const error = await failure(world, { limits: { rateLimitDelayMs: 300_000 } });
  expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 300_000 });
  expect(error.message).toContain('5 min');
  expect(world.edge.requestCount).toBe(1);
});

test.each<[string, (world: World) => void, TunnelErrorCode, RegExp]>([
  ['no tunnel in the answer', (world) => (world.edge.api = 'no-tunnel'), 'service_down', /named/u],
  ['an error page', (world) => (world.edge.api = 'error-page'), 'service_down', /Wait/u],
])('service down: %s', async (_name, prepare, code, advice) => {
  const world = await makeWorld();
  prepare(world);
  const error = await failure(world);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(advice);
});

test('service not reachable: the URL in its complaint is not taken for the tunnel', async () => {
  const world = await makeWorld();
  // A port at which nobody listens.
  world.standIn.behave({}, 'http://127.0.0.1:1');
  const error = await failure(world);
  expect(error.code).toBe('api_unreachable');
  expect(error.message).toContain('online');
  expect(stateNames(world.events)).toEqual(['starting auto', 'closed']);
});

test('hanging at the start ends with an answer', async () => {
  const world = await makeWorld({ behaviour: { hangsAtStart: true } });
  expect((await failure(world, { limits: { startTimeoutMs: 1_000 } })).code).toBe('no_answer');
});

test('hanging at the start and deaf to SIGTERM too', async () => {
  const world = await makeWorld({ behaviour: { hangsAtStart: true, ignoresSignals: true } });
  const limits = { startTimeoutMs: 1_000, endTimeoutMs: 100 };
  expect((await failure(world, { limits })).code).toBe('no_answer');
});

test('7844 blocked for UDP: HTTP/2 before any URL was told', async () => {
  const world = await makeWorld();
  world.edge.blocked.add('quic');
  const tunnel = await world.open({ limits: { registerTimeoutMs: 1_000 } });
  expect(stateNames(world.events)).toEqual([
    'starting auto',
    'starting http2',
    'registered',
    'reachable',
    'url',
  ]);
  const calls = await world.standIn.calls();
  expect(calls.map(({ options }) => options[options.indexOf('--protocol') + 1])).toEqual([
    'auto',
    'http2',
  ]);
  expect(await world.talk(tunnel.url, 'by TCP')).toBe('by TCP');
});

test('a tunnel that the edge does not know is the trouble of the service', async () => {
  const world = await makeWorld();
  world.edge.forgetsAtOnce = true;
  const error = await failure(world, { limits: { registerTimeoutMs: 200 } });
  expect(error.code).toBe('service_down');
});

test('7844 blocked altogether: once by each protocol, then the reason', async () => {
  const world = await makeWorld();
  world.edge.blocked.add('quic').add('http2');
  const error = await failure(world, { limits: { registerTimeoutMs: 200 } });
  expect(error.code).toBe('edge_unreachable');
  expect(error.message).toContain('7844');
  expect(await world.standIn.calls()).toHaveLength(2);
});

test('exit 11: replaced itself, so it is started again, once', async () => {
  const world = await makeWorld({ behaviour: { exits: { code: 11, when: 'at-start' } } });
  expect((await failure(world)).code).toBe('updated_itself');
  expect(await world.standIn.calls()).toHaveLength(2);
});

test('a newer version is there: it does not replace itself', async () => {
  const world = await makeWorld({ behaviour: { hasUpdate: true } });
  expect((await world.open()).state.kind).toBe('reachable');
});

test('an option that it does not know', async () => {
  const world = await makeWorld({ behaviour: { unknownOptions: ['grace-period'] } });
  const error = await failure(world);
  expect(error.code).toBe('cloudflared_unusable');
  expect(error.message).toContain('too old');
});

test('any other end', async () => {
  const world = await makeWorld({ behaviour: { exits: { code: 1, when: 'at-start' } } });
  const error = await failure(world);
  expect(error.code).toBe('exited');
  expect(error.message).toContain('code 1');
});

test('gone between being found and being run', async () => {
  const world = await makeWorld();
  const cloudflared = {
    path: `${world.folder}/none`,
    version: '2026.8.3',
    source: 'path',
  } as const;
  const error = await failure(world, { cloudflared });
  expect(error.code).toBe('cloudflared_unusable');
  expect(error.message).toContain('install it again');
});

test('without its metrics server: the box has the URL', async () => {
  const world = await makeWorld({ behaviour: { hasNoMetrics: true } });
  const tunnel = await world.open();
  expect(await world.talk(tunnel.url, 'boxed')).toBe('boxed');
});

test('its output is read, however much there is, and not kept', async () => {
  const world = await makeWorld({ behaviour: { floodBytes: 64 * 2 ** 20 } });
  const before = process.memoryUsage.rss();
  const tunnel = await world.open();
  expect(tunnel.state.kind).toBe('reachable');
  expect(process.memoryUsage.rss() - before).toBeLessThan(48 * 2 ** 20);
});

test('a public name that leads nowhere is not told', async () => {
  const world = await makeWorld();
  const error = await failure(world, { probe: () => Promise.resolve('leads-nowhere') });
  expect(error.code).toBe('not_reachable');
  expect(stateNames(world.events)).not.toContain('url');
});

test('a public name that cannot be seen from here is told, and said to be so', async () => {
  const world = await makeWorld();
  const looks: ProbeResult[] = ['cannot-see', 'leads-nowhere', 'cannot-see', 'cannot-see'];
  const tunnel = await world.open({ probe: () => Promise.resolve(looks.shift() ?? 'leads-here') });
  expect(tunnel.state).toMatchObject({ kind: 'reachable', isConfirmed: false });
  expect(looks).toEqual([]);
});

test('a metrics port that another program took first: another one, and nobody notices', async () => {
  const world = await makeWorld({ behaviour: { findsMetricsPortTaken: true } });
  const opening = world.open();
  await world.untilEvent((event) => event.kind === 'state' && world.events.length === 3);
  world.standIn.behave({});
  await opening;
  const ports = (await world.standIn.calls()).map(
    ({ options }) => options[options.indexOf('--metrics') + 1],
  );
  expect(ports.length).toBeGreaterThan(2);
  expect(new Set(ports).size).toBe(ports.length);
});

test('never a free metrics port: given up', async () => {
  const world = await makeWorld({ behaviour: { findsMetricsPortTaken: true } });
  expect((await failure(world)).code).toBe('exited');
  expect(await world.standIn.calls()).toHaveLength(6);
});
