// An application may be one file: the watchdog has to be found in there.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { endHost } from './trials/orphans.js';
import { makeWorld } from './world.js';

interface Bundler {
  build(options: object): Promise<unknown>;
}

test('bundled and minified into one file elsewhere, it leaves no cloudflared either', async () => {
  const world = await makeWorld();
  const elsewhere = await mkdtemp(join(tmpdir(), 'gravy-bundle-'));
  onTestFinished(() => rm(elsewhere, { recursive: true }));
  const host = join(elsewhere, 'host.mjs');
  const tsup = createRequire(import.meta.url).resolve('tsup');
  const bundler = createRequire(tsup)('esbuild') as Bundler;
  await bundler.build({
    entryPoints: [fileURLToPath(new URL('trials/host.ts', import.meta.url))],
    outfile: host,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
  const { elapsedMs } = await endHost('SIGKILL', { ...world, host });
  expect(elapsedMs).toBeLessThan(5_000);
});
