// What lies about on users' machines and must not matter.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeWorld, requestStatus, PATH } from './world.js';

test('a configuration in the home folder does not take the tunnel over', async () => {
  const world = await makeWorld();
  const home = join(world.folder, 'home');
  await mkdir(join(home, '.cloudflared'), { recursive: true });
  await writeFile(
    join(home, '.cloudflared', 'config.yml'),
    JSON.stringify({ ingress: [{ service: 'http_status:418' }] }),
  );
  const environment = { ...process.env, HOME: home };
  const tunnel = await world.open({ environment });
  expect(await world.talk(tunnel.url, 'ours')).toBe('ours');
  expect(await requestStatus(tunnel.url, `${PATH}/other`)).toBe(404);
});

test('TUNNEL_ variables do not turn it into another tunnel', async () => {
  const world = await makeWorld();
  const names = ['TUNNEL_NAME', 'TUNNEL_HOSTNAME', 'TUNNEL_URL', 'TUNNEL_METRICS', 'TUNNEL_TOKEN'];
  const environment = {
    ...process.env,
    ...Object.fromEntries(names.map((name) => [name, 'other'])),
  };
  const tunnel = await world.open({ environment });
  expect(await world.talk(tunnel.url, 'ours')).toBe('ours');
});

test('a folder that cannot be written is found before anything is started', async () => {
  const world = await makeWorld();
  const file = join(world.folder, 'file');
  await writeFile(file, '');
  await expect(world.open({ folder: join(file, 'below') })).rejects.toMatchObject({
    code: 'folder_unusable',
  });
  expect(await world.standIn.calls()).toEqual([]);
});

test('without a Node for the watchdog nothing is started', async () => {
  const world = await makeWorld();
  await expect(world.open({ nodePath: join(world.folder, 'none') })).rejects.toMatchObject({
    code: 'watchdog_failed',
  });
  await expect(world.open({ nodePath: '/bin/false' })).rejects.toMatchObject({
    code: 'watchdog_failed',
  });
  expect(await world.standIn.calls()).toEqual([]);
});
