import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DiagnosisCheck, diagnoseTunnels } from '../src/index.js';
import { makeWorld } from './world.js';

function byName(checks: readonly DiagnosisCheck[]): Record<string, string> {
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}

test('all in order', async () => {
  const world = await makeWorld();
  const checks = await diagnoseTunnels({
    setting: world.standIn.path,
    edges: [{ host: '127.0.0.1', port: world.port }],
    names: ['localhost'],
    configFolders: [world.folder],
    environment: {},
  });
  expect(byName(checks)).toEqual({
    binary: 'ok',
    version: 'ok',
    config: 'ok',
    environment: 'ok',
    dns: 'ok',
    edge: 'ok',
  });
  expect(checks[0]?.message).toContain(world.standIn.path);
});

test('all that can be wrong, with what to do', async () => {
  const world = await makeWorld({ behaviour: { version: '2025.6.0' } });
  await mkdir(join(world.folder, 'config'));
  await writeFile(join(world.folder, 'config', 'config.yaml'), '{}');
  const checks = await diagnoseTunnels({
    setting: world.standIn.path,
    edges: [{ host: '127.0.0.1', port: 1 }],
    names: ['localhost', 'name.invalid'],
    configFolders: [join(world.folder, 'none'), join(world.folder, 'config')],
    environment: { TUNNEL_TOKEN: 'secret', PATH: '' },
  });
  expect(byName(checks)).toEqual({
    binary: 'ok',
    version: 'note',
    config: 'note',
    environment: 'note',
    dns: 'failed',
    edge: 'failed',
  });
  const text = checks.map(({ message }) => message).join('\n');
  expect(text).toContain('config.yaml');
  expect(text).toContain('name.invalid');
  expect(text).toContain('7844');
  expect(text).not.toContain('secret');
});

test('without cloudflared', async () => {
  const checks = await diagnoseTunnels({
    programFolder: '/nowhere',
    environment: { PATH: '' },
    edges: [],
    names: [],
    configFolders: [],
  });
  expect(byName(checks)).toMatchObject({ binary: 'failed' });
  expect(checks[0]?.message).toContain('by hand');
});
