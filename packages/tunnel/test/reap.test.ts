// By connector id, where the platform does not tell who a process is.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../src/free-port.js';
import { reapLeftovers } from '../src/index.js';
import { fetchReadiness } from '../src/metrics-client.js';
import { identifyProcess } from '../src/process-identity.js';
import { makeWorld, type World } from './world.js';

const RECORD = 'cloudflared-0f8fad5b-d9cb-469f-a165-70867728950e.json';

interface Running {
  readonly child: ChildProcess;
  readonly metricsPort: number;
  readonly connectorId: string;
}

async function run(world: World): Promise<Running> {
  const metricsPort = await freePort();
  const child = spawn(
    world.standIn.path,
    ['tunnel', '--metrics', `127.0.0.1:${metricsPort}`, '--url', 'http://127.0.0.1:1'],
    { stdio: 'ignore' },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  for (;;) {
    const connectorId = (await fetchReadiness(metricsPort, undefined))?.connectorId;
    if (connectorId !== undefined) return { child, metricsPort, connectorId };
    await sleep(20);
  }
}

/** A process that was and is no more. */
async function deadOwner(): Promise<object> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return { pid: child.pid };
}

async function record(world: World, running: Running, changes: object): Promise<void> {
  const { child, metricsPort, connectorId } = running;
  const owner = await deadOwner();
  await writeFile(
    join(world.folder, RECORD),
    JSON.stringify({ pid: child.pid, metricsPort, connectorId, owner, ...changes }),
  );
}

test('is ended if it answers by the id that it had', async () => {
  const world = await makeWorld();
  const running = await run(world);
  await record(world, running, {});
  const exited = once(running.child, 'exit');
  expect(await reapLeftovers(world.folder)).toBe(1);
  await exited;
  expect(await readdir(world.folder)).toEqual([]);
});

test.each<[string, object]>([
  ['by another id', { connectorId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }],
  ['without one', { connectorId: undefined }],
  ['at another port', { metricsPort: 1 }],
  ['and started at another time', { identity: { startedAt: 'then', executable: '/x' } }],
])('is left alone %s', async (_name, changes) => {
  const world = await makeWorld();
  const running = await run(world);
  await record(world, running, changes);
  expect(await reapLeftovers(world.folder)).toBe(0);
  expect(await world.standIn.alivePids()).toEqual([running.child.pid]);
  // The record says nothing about anybody any more.
  expect(await readdir(world.folder)).toEqual([]);
});

test('is left alone, with its record, while who started it is alive', async () => {
  const world = await makeWorld();
  const running = await run(world);
  const identity = await identifyProcess(process.pid);
  for (const owner of [{ pid: process.pid, identity }, { pid: process.pid }]) {
    await record(world, running, { owner });
    expect(await reapLeftovers(world.folder)).toBe(0);
    expect(await readdir(world.folder)).toEqual([RECORD]);
  }
  // The number of its owner is somebody else's now.
  const owner = { pid: process.pid, identity: { startedAt: 'then', executable: '/x' } };
  await record(world, running, { owner });
  expect(await reapLeftovers(world.folder)).toBe(1);
});

test('what a start left that was killed before it had a record goes after an hour', async () => {
  const world = await makeWorld();
  const old = join(world.folder, RECORD.replace('json', 'yml'));
  const recent = join(world.folder, RECORD.replace('0f8f', '1f8f').replace('json', 'yml'));
  await writeFile(old, '{}');
  await writeFile(recent, '{}');
  const longAgo = Date.now() / 1_000 - 3_700;
  await utimes(old, longAgo, longAgo);
  expect(await reapLeftovers(world.folder)).toBe(0);
  expect(await readdir(world.folder)).toEqual([basename(recent)]);
});

test('no folder, nothing to end', async () => {
  const world = await makeWorld();
  expect(await reapLeftovers(join(world.folder, 'none'))).toBe(0);
});

test('other files in the folder are none of its business', async () => {
  const world = await makeWorld();
  await writeFile(join(world.folder, 'cloudflared-notes.json'), '{}');
  expect(await reapLeftovers(world.folder)).toBe(0);
  expect(await readdir(world.folder)).toEqual(['cloudflared-notes.json']);
});
