import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { startGui } from '../src/start-gui.js';

/** No mock function: those look at the promises they give, so that none is left uncaught. */
const redirect = vi.hoisted(() => ({ attempts: 0 }));

vi.mock('../src/redirect-file.js', () => ({
  writeRedirectFile: () =>
    Promise.resolve({
      path: '/redirect',
      remove: () => {
        redirect.attempts += 1;
        return Promise.reject(new Error('EBUSY'));
      },
    }),
}));
vi.mock('../src/server/page-files.js', () => ({
  readPageFiles: () =>
    Promise.resolve(new Map([['/', { type: 'text/html', body: new Uint8Array() }]])),
}));

afterEach(() => {
  vi.useRealTimers();
});

it('goes on when the file of an expired link cannot be removed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const home = await mkdtemp(join(tmpdir(), 'gravy-gui-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const gui = await startGui({ home });
  await gui.createRedirectFile();
  await vi.advanceTimersByTimeAsync(60_000);
  // A rejection that nobody caught fails this run, as it would end the process.
  expect(redirect.attempts).toBe(1);
  await gui.close();
});

it('removes what a process left behind that was killed', async () => {
  const home = await mkdtemp(join(tmpdir(), 'gravy-gui-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, 'parcels', 'left'), { recursive: true });
  await utimes(join(home, 'parcels', 'left'), 0, 0);
  const gui = await startGui({ home });
  await expect.poll(() => readdir(join(home, 'parcels'))).toEqual([]);
  await gui.close();
});
