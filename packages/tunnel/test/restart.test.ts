// What happens to a tunnel that was up.
import { expect, test } from 'vitest';
import type { TunnelEvent } from '../src/index.js';
import { makeWorld, stateNames, type World } from './world.js';

async function processOf(world: World): Promise<number> {
  const [pid] = await world.standIn.alivePids();
  if (pid === undefined) throw new Error('There is no process.');
  return pid;
}

function isState(kind: string): (event: TunnelEvent) => boolean {
  return (event) => event.kind === 'state' && event.state.kind === kind;
}

test('a dead URL with a live process: a new process, a new URL, and everybody is told', async () => {
  const world = await makeWorld();
  const tunnel = await world.open({ limits: { deadAfterMs: 300 } });
  const before = tunnel.url;
  const pid = await processOf(world);
  world.edge.forget(before);
  const degraded = await world.untilEvent(isState('degraded'));
  expect(degraded).toEqual({ kind: 'state', state: { kind: 'degraded', url: before } });
  // Alive, and trying: nothing but /ready tells.
  expect(await processOf(world)).toBe(pid);
  expect(await world.untilEvent(isState('restarting'))).toMatchObject({
    state: { reason: { code: 'connection_lost' }, delayMs: 20 },
  });
  const told = await world.untilEvent((event) => event.kind === 'url' && event.url !== before);
  expect(told).toEqual({ kind: 'url', url: tunnel.url, previousUrl: before });
  expect(await world.talk(tunnel.url, 'here now')).toBe('here now');
  await expect(world.talk(before, 'there')).rejects.toThrow('530');
  expect(await processOf(world)).not.toBe(pid);
  expect(stateNames(world.events)).toEqual([
    'starting auto',
    'registered',
    'reachable',
    'url',
    'degraded',
    'restarting',
    'starting auto',
    'registered',
    'reachable',
    'url',
  ]);
});

test('connections that come back in time are no reason for a new one', async () => {
  const world = await makeWorld();
  const tunnel = await world.open();
  const { url } = tunnel;
  const pid = await processOf(world);
  world.edge.blocked.add('quic');
  world.edge.dropConnections();
  await world.untilEvent(isState('degraded'));
  world.edge.blocked.clear();
  await world.edge.untilHostnames((names) => names.length === 1);
  const isBack = (): boolean => stateNames(world.events).at(-1) === 'reachable';
  while (!isBack()) await new Promise(setImmediate);
  expect(tunnel.url).toBe(url);
  expect(await processOf(world)).toBe(pid);
});

test('a crash: a new process and URL', async () => {
  const world = await makeWorld();
  const tunnel = await world.open();
  const before = tunnel.url;
  process.kill(await processOf(world), 'SIGKILL');
  expect(await world.untilEvent(isState('restarting'))).toMatchObject({
    state: { reason: { code: 'exited', message: expect.stringContaining('SIGKILL') } },
  });
  await world.untilEvent((event) => event.kind === 'url' && event.previousUrl === before);
  expect(await world.talk(tunnel.url, 'again')).toBe('again');
});

test('a process that stands still is replaced as well, though it hears no SIGTERM', async () => {
  const world = await makeWorld();
  const tunnel = await world.open({ limits: { deadAfterMs: 300, endTimeoutMs: 200 } });
  const before = tunnel.url;
  const pid = await processOf(world);
  process.kill(pid, 'SIGSTOP');
  await world.untilEvent((event) => event.kind === 'url' && event.previousUrl === before);
  expect(await world.standIn.alivePids()).not.toContain(pid);
  expect(await world.talk(tunnel.url, 'moved on')).toBe('moved on');
});

test('429 at a restart: longer and longer pauses, and then it goes on', async () => {
  const world = await makeWorld();
  const tunnel = await world.open();
  const before = tunnel.url;
  world.edge.api = 'rate-limited';
  process.kill(await processOf(world), 'SIGKILL');
  const delays = (): number[] =>
    world.events.flatMap((event) =>
      event.kind === 'state' &&
      event.state.kind === 'restarting' &&
      event.state.reason.code === 'rate_limited'
        ? [event.state.delayMs]
        : [],
    );
  await world.untilEvent(() => delays().length === 2);
  world.edge.api = 'gives';
  await world.untilEvent((event) => event.kind === 'url' && event.previousUrl === before);
  // One restart came first, after the crash.
  expect(delays().slice(0, 2)).toEqual([120, 120]);
  expect(tunnel.state.kind).toBe('reachable');
});

test('a failure that no new process mends ends the tunnel, with the reason', async () => {
  const world = await makeWorld();
  const tunnel = await world.open();
  world.standIn.behave({ unknownOptions: ['config'] });
  process.kill(await processOf(world), 'SIGKILL');
  expect(await tunnel.closed).toMatchObject({ code: 'cloudflared_unusable' });
  expect(tunnel.state).toMatchObject({ kind: 'closed', reason: { code: 'cloudflared_unusable' } });
});

test('closing does not wait for a restart', async () => {
  const world = await makeWorld();
  const tunnel = await world.open({
    limits: { restartDelayMs: 3_600_000, longestRestartDelayMs: 3_600_000 },
  });
  process.kill(await processOf(world), 'SIGKILL');
  await world.untilEvent(isState('restarting'));
  await tunnel.close();
  expect(await world.standIn.calls()).toHaveLength(1);
});
