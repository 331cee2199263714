import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identifyByPs, parsePowerShell, parsePs, startTicks } from '../src/process-identity.js';
import { parseRecord, readRecord } from '../src/process-record.js';
import { makeWorld } from './world.js';

const GOOD = {
  pid: 4_711,
  identity: { startedAt: 'then', executable: '/bin/cloudflared' },
  metricsPort: 20_241,
  connectorId: 'id',
  owner: { pid: 815, identity: { startedAt: 'before', executable: '/bin/node' } },
};

test('a record comes back as it was written', () => {
  expect(parseRecord(JSON.stringify(GOOD))).toEqual(GOOD);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['an array', []],
  ['init', { ...GOOD, pid: 1 }],
  ['a group of processes', { ...GOOD, pid: -4_711 }],
  ['all processes', { ...GOOD, pid: -1 }],
  ['this group', { ...GOOD, pid: 0 }],
  ['half a process', { ...GOOD, pid: 1.5 }],
  ['a word', { ...GOOD, pid: '4711' }],
  ['no port', { ...GOOD, metricsPort: 0 }],
  ['no owner', { ...GOOD, owner: undefined }],
  ['an owner without a number', { ...GOOD, owner: {} }],
])('a record of %s is none', (_name, value) => {
  expect(parseRecord(JSON.stringify(value) ?? '')).toBeUndefined();
});

test('a damaged or huge file is no record', async () => {
  const world = await makeWorld();
  const file = join(world.folder, 'record');
  await writeFile(file, '{"pid":');
  expect(await readRecord(file)).toBeUndefined();
  await writeFile(file, JSON.stringify({ ...GOOD, connectorId: 'x'.repeat(20_000) }));
  expect(await readRecord(file)).toBeUndefined();
});

test.skipIf(process.platform === 'win32')('what macOS is asked is understood', async () => {
  // On Linux `ps` tells a name instead of a path, and the same time.
  const found = await identifyByPs(process.pid);
  expect(found?.startedAt).toMatch(/^\w{3} \w{3} \d{1,2} \d\d:\d\d:\d\d \d{4}$/u);
  expect(found?.executable).not.toBe('');
  expect(await identifyByPs(process.pid)).toEqual(found);
});

test('start times are read on each platform, whatever a program is called', () => {
  const fields = Array.from({ length: 50 }, (_, index) => String(index + 3));
  expect(startTicks(`12 (a) R) (b) S ${fields.slice(1).join(' ')}`)).toBe('22');
  expect(startTicks(`12 (cloudflared) Z ${fields.slice(1).join(' ')}`)).toBeUndefined();
  expect(parsePs('Tue Nov  5 22:16:01 2025     /opt/home brew/bin/cloudflared\n')).toEqual({
    startedAt: 'Tue Nov 5 22:16:01 2025',
    executable: '/opt/home brew/bin/cloudflared',
  });
  expect(parsePs('\n')).toBeUndefined();
  expect(parsePowerShell('638681517612345678|C:\\Program Files\\cloudflared.exe\r\n')).toEqual({
    startedAt: '638681517612345678',
    executable: 'C:\\Program Files\\cloudflared.exe',
  });
  expect(parsePowerShell('|')).toBeUndefined();
});
