import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeWorld, stateNames, type World } from './world.js';

const TOKEN = 'ZXhhbXBsZS10b2tlbi1vZi1hLXR1bm5lbA==';
const HOSTNAME = 'chat.example.org';

async function named(
  world: World,
  token: string,
): Promise<{ kind: 'named'; hostname: string; tokenFile: string }> {
  const tokenFile = join(world.folder, 'token');
  await writeFile(tokenFile, `${token}\n`, { mode: 0o600 });
  return { kind: 'named', hostname: HOSTNAME, tokenFile };
}

test('is reachable by its hostname, and its token is in no listing', async () => {
  const world = await makeWorld();
  world.edge.addNamedTunnel(TOKEN, HOSTNAME);
  const tunnel = await world.open({ tunnel: await named(world, TOKEN) });
  expect(tunnel.url).toBe(`https://${HOSTNAME}`);
  expect(await world.talk(tunnel.url, 'Hello')).toBe('Hello');
  expect(world.edge.requestCount).toBe(0);
  const [call] = await world.standIn.calls();
  expect(call?.options.slice(-3)).toEqual(['run', '--token-file', join(world.folder, 'token')]);
  expect(call?.options).not.toContain('--url');
  expect(JSON.stringify([call?.options, call?.environment])).not.toContain(TOKEN);
});

test('keeps its URL when its process is replaced', async () => {
  const world = await makeWorld();
  world.edge.addNamedTunnel(TOKEN, HOSTNAME);
  const tunnel = await world.open({ tunnel: await named(world, TOKEN) });
  const [pid = 0] = await world.standIn.alivePids();
  process.kill(pid, 'SIGKILL');
  await world.untilEvent((event) => event.kind === 'state' && event.state.kind === 'restarting');
  await world.edge.untilHostnames((names) => names.length === 0);
  await world.edge.untilHostnames((names) => names.length === 1);
  expect(tunnel.url).toBe(`https://${HOSTNAME}`);
  expect(stateNames(world.events).filter((name) => name === 'url')).toHaveLength(1);
});

test.each([
  ['that is none', 'not a token'],
  ['that the edge does not know', 'dW5rbm93bi10b2tlbg=='],
])('a token %s is refused with a reason', async (_name, token) => {
  const world = await makeWorld();
  await expect(
    world.open({ tunnel: await named(world, token), limits: { registerTimeoutMs: 200 } }),
  ).rejects.toMatchObject({ code: 'token_unusable' });
});

test('a token file that is missing or empty is found before anything is started', async () => {
  const world = await makeWorld();
  const missing = {
    kind: 'named',
    hostname: HOSTNAME,
    tokenFile: join(world.folder, 'no'),
  } as const;
  await expect(world.open({ tunnel: missing })).rejects.toMatchObject({ code: 'token_unusable' });
  const empty = join(world.folder, 'empty');
  await writeFile(empty, '');
  await expect(world.open({ tunnel: { ...missing, tokenFile: empty } })).rejects.toMatchObject({
    code: 'token_unusable',
  });
  expect(await world.standIn.calls()).toEqual([]);
});
