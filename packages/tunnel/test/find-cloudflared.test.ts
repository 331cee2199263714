import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { createStandIn, type StandIn } from '@gravy/cloudflared-stand-in';
import { expect, onTestFinished, test } from 'vitest';
import { isOlder } from '../src/cloudflared-version.js';
import { findCloudflared } from '../src/index.js';
import { makeWorld, type World } from './world.js';

/** A stand-in of a version, named like the real one. */
async function cloudflared(
  world: World,
  version: string,
  kind: 'script' | 'program' = 'program',
): Promise<StandIn> {
  const standIn = await createStandIn(world.edge, { behaviour: { version }, kind });
  onTestFinished(() => standIn.remove());
  return standIn;
}

const NOTHING = { PATH: '' };

test('a setting comes first, then GRAVY_CLOUDFLARED, resources/, PATH, and what was downloaded', async () => {
  const world = await makeWorld();
  const [setting, named, resources, onPath, downloaded] = await Promise.all([
    cloudflared(world, '2026.1.1', 'script'),
    cloudflared(world, '2026.1.2', 'script'),
    cloudflared(world, '2026.1.3'),
    cloudflared(world, '2026.1.4'),
    cloudflared(world, '2026.1.5'),
  ]);
  const programFolder = join(world.folder, 'program');
  await mkdir(join(programFolder, 'resources'), { recursive: true });
  await copyFile(resources.path, join(programFolder, 'resources', 'cloudflared'));
  const PATH = ['relative', join(world.folder, 'none'), dirname(onPath.path)].join(delimiter);
  const binFolder = dirname(downloaded.path);

  expect(
    await findCloudflared({
      setting: setting.path,
      environment: { GRAVY_CLOUDFLARED: named.path, PATH },
    }),
  ).toEqual({ path: setting.path, version: '2026.1.1', source: 'setting' });
  const environment = { GRAVY_CLOUDFLARED: named.path, PATH };
  expect(await findCloudflared({ programFolder, environment, binFolder })).toEqual({
    path: named.path,
    version: '2026.1.2',
    source: 'environment',
  });
  expect(
    await findCloudflared({
      programFolder,
      environment: { PATH, GRAVY_CLOUDFLARED: '' },
      binFolder,
    }),
  ).toMatchObject({ version: '2026.1.3', source: 'resources' });
  const elsewhere = { programFolder: world.folder, binFolder };
  expect(await findCloudflared({ ...elsewhere, environment: { PATH } })).toMatchObject({
    path: onPath.path,
    version: '2026.1.4',
    source: 'path',
  });
  expect(await findCloudflared({ ...elsewhere, environment: NOTHING })).toMatchObject({
    path: downloaded.path,
    version: '2026.1.5',
    source: 'downloaded',
  });
});

test('nowhere: says where to get it by hand', async () => {
  const search = findCloudflared({ environment: NOTHING, programFolder: '/nowhere' });
  await expect(search).rejects.toMatchObject({ code: 'cloudflared_missing' });
  await expect(search).rejects.toThrow(
    'https://github.com/cloudflare/cloudflared/releases/tag/2026.8.3',
  );
});

test('what was named is taken or refused, and nothing else instead', async () => {
  const world = await makeWorld();
  const PATH = dirname((await cloudflared(world, '2026.8.3')).path);
  await expect(
    findCloudflared({ setting: join(world.folder, 'none'), environment: { PATH } }),
  ).rejects.toMatchObject({ code: 'cloudflared_missing' });
  await expect(
    findCloudflared({ environment: { PATH, GRAVY_CLOUDFLARED: world.folder } }),
  ).rejects.toMatchObject({ code: 'cloudflared_missing' });
  await expect(
    findCloudflared({ setting: process.execPath, environment: { PATH } }),
  ).rejects.toMatchObject({ code: 'cloudflared_unusable' });
});

test('what does not run or is too old is passed over', async () => {
  const world = await makeWorld();
  const old = await cloudflared(world, '2025.2.1');
  const current = await cloudflared(world, '2025.4.0');
  const broken = join(world.folder, 'cloudflared');
  await writeFile(broken, 'exit 1');
  await chmod(broken, 0o755);
  const paths = [world.folder, dirname(old.path), dirname(current.path)];
  const options = { programFolder: '/nowhere' };
  expect(
    await findCloudflared({ ...options, environment: { PATH: paths.join(delimiter) } }),
  ).toMatchObject({ path: current.path, version: '2025.4.0' });
  const onlyOld = findCloudflared({ ...options, environment: { PATH: dirname(old.path) } });
  await expect(onlyOld).rejects.toMatchObject({ code: 'cloudflared_unusable' });
  await expect(onlyOld).rejects.toThrow('2025.2.1 is too old');
});

test('a script of that name on the PATH is not it: ending it would leave the real one behind', async () => {
  const world = await makeWorld();
  const script = await cloudflared(world, '2026.8.3', 'script');
  await expect(
    findCloudflared({ programFolder: '/nowhere', environment: { PATH: dirname(script.path) } }),
  ).rejects.toMatchObject({ code: 'cloudflared_missing' });
});

test('versions are compared by their numbers', () => {
  expect(isOlder('2025.10.0', '2025.4.0')).toBe(false);
  expect(isOlder('2025.3.9', '2025.4.0')).toBe(true);
  expect(isOlder('2024.12.2', '2025.4.0')).toBe(true);
  expect(isOlder('2025.4.0', '2025.4.0')).toBe(false);
});
