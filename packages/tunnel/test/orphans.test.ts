// However the program ends, no cloudflared is left. 100 rounds of each are in soak/.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { SeededRandom } from '@gravy/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openTunnel, reapLeftovers } from '../src/index.js';
import { endHost, ENDINGS, killAtAnyMoment } from './trials/orphans.js';
import { makeWorld, SHORT_LIMITS } from './world.js';

const GOAL_MS = 5_000;
/** Elsewhere `ps` has other options. */
const isLinux = process.platform === 'linux';
const hasScript = ((): boolean => {
  try {
    execFileSync('script', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

for (const ending of ENDINGS) {
  test.skipIf(ending.startsWith('closed') && !hasScript)(`none after: ${ending}`, async () => {
    const world = await makeWorld();
    const { elapsedMs } = await endHost(ending, world);
    expect(elapsedMs).toBeLessThan(GOAL_MS);
  });
}

for (const ending of ['SIGKILL', 'closed terminal'] as const) {
  test.skipIf(ending === 'closed terminal' && !hasScript)(
    `none after: ${ending}, though cloudflared hears no signal`,
    async () => {
      const world = await makeWorld({ behaviour: { ignoresSignals: true } });
      const { elapsedMs } = await endHost(ending, world);
      expect(elapsedMs).toBeLessThan(GOAL_MS);
    },
  );
}

test('none after SIGKILL at any moment of the start', async () => {
  const world = await makeWorld();
  const random = new SeededRandom(20_261_125);
  for (let round = 0; round < 5; round += 1) {
    const { elapsedMs } = await killAtAnyMoment(random, world);
    expect(elapsedMs).toBeLessThan(GOAL_MS);
  }
});

test('another tunnel of the user, by the same name, is left alone', async () => {
  const world = await makeWorld();
  const other = spawn(world.standIn.path, ['tunnel', '--url', 'http://127.0.0.1:1'], {
    stdio: 'ignore',
  });
  onTestFinished(() => void other.kill('SIGKILL'));
  await world.edge.untilHostnames((names) => names.length === 1);
  await endHost('SIGKILL', world).catch(() => {});
  await reapLeftovers(world.folder);
  expect(await world.standIn.alivePids()).toEqual([other.pid]);
});

/** A program whose watchdog is lost before it: what is left is the next start's to end. */
async function leaveOrphan(world: Awaited<ReturnType<typeof makeWorld>>): Promise<number> {
  const host = spawn(
    process.execPath,
    [
      new URL('trials/host.ts', import.meta.url).pathname,
      world.standIn.path,
      world.folder,
      String(world.port),
      String(world.edge.port),
      'plain',
    ],
    { stdio: ['pipe', 'pipe', 'ignore'], detached: true },
  );
  await once(host.stdout, 'data');
  const [orphan] = await world.standIn.alivePids();
  if (orphan === undefined) throw new Error('Nothing was started.');
  // All at once, so that no new watchdog takes the place of the old one.
  for (const pid of [host.pid, ...childrenOf(host)]) {
    if (pid !== undefined && pid !== orphan) process.kill(pid, 'SIGSTOP');
  }
  for (const pid of [...childrenOf(host), host.pid]) {
    if (pid !== undefined && pid !== orphan) process.kill(pid, 'SIGKILL');
  }
  await once(host, 'exit');
  expect(await world.standIn.alivePids()).toEqual([orphan]);
  return orphan;
}

function childrenOf(host: ChildProcess): number[] {
  const text = execFileSync('ps', ['-o', 'pid=', '--ppid', String(host.pid)], { encoding: 'utf8' });
  return text.split('\n').filter(Boolean).map(Number);
}

test.skipIf(!isLinux)('what a lost watchdog left behind is ended at the next start', async () => {
  const world = await makeWorld();
  const orphan = await leaveOrphan(world);
  expect(await readdir(world.folder)).toHaveLength(2);
  const tunnel = await world.open();
  expect(await world.standIn.alivePids()).not.toContain(orphan);
  await tunnel.close();
  expect(await readdir(world.folder)).toEqual([]);
});

test.skipIf(!isLinux)(
  'a record whose number belongs to somebody else now ends nobody',
  async () => {
    const world = await makeWorld();
    const orphan = await leaveOrphan(world);
    process.kill(orphan, 'SIGKILL');
    const name = (await readdir(world.folder)).find((file) => file.endsWith('.json')) ?? '';
    const record = JSON.parse(await readFile(`${world.folder}/${name}`, 'utf8')) as object;
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
    onTestFinished(() => void bystander.kill('SIGKILL'));
    await writeFile(`${world.folder}/${name}`, JSON.stringify({ ...record, pid: bystander.pid }));
    expect(await reapLeftovers(world.folder)).toBe(0);
    expect(bystander.exitCode).toBeNull();
    expect(bystander.signalCode).toBeNull();
    expect(await readdir(world.folder)).toEqual([]);
  },
);

test.skipIf(!isLinux)('a watchdog that was ended from outside is replaced', async () => {
  const world = await makeWorld();
  const children = (): number[] =>
    execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes("'use strict'") || line.includes(' -e '))
      .map((line) => Number.parseInt(line, 10));
  await openTunnel({
    cloudflared: { path: world.standIn.path, version: '2026.8.3', source: 'setting' },
    origin: { port: world.port },
    folder: world.folder,
    limits: SHORT_LIMITS,
  }).then((tunnel) => onTestFinished(() => tunnel.close()));
  const [watchdog = 0] = children();
  process.kill(watchdog, 'SIGKILL');
  const isReplaced = (): boolean => {
    const now = children();
    return now.length === 1 && now[0] !== watchdog;
  };
  while (!isReplaced()) await new Promise((go) => setTimeout(go, 20));
  expect(isReplaced()).toBe(true);
});
