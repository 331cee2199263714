// The README's example, run as a reader would: from a file, in a process of its own, on the package as built, with its real times.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { get } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../src/free-port.js';
import { makeWorld } from './world.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const [, example = ''] = /```js\n(.*?)```/su.exec(readme) ?? [];

test('ten lines make a port reachable, and Ctrl+C ends it', async () => {
  const [, statements = ''] = example.split('\n\n');
  expect(statements.trim().split('\n').length).toBeLessThanOrEqual(10);
  const world = await makeWorld();
  // Within the package, so that its name leads to it.
  const folder = await mkdtemp(fileURLToPath(new URL('../dist/.readme-', import.meta.url)));
  onTestFinished(() => rm(folder, { recursive: true }));
  const port = await freePort();
  await writeFile(join(folder, 'example.js'), example.replaceAll('8080', String(port)));
  const child = spawn(process.execPath, ['example.js'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...world.edge.environment,
      GRAVY_CLOUDFLARED: world.standIn.path,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (!line.startsWith('https:')) continue;
    const text = await new Promise((resolve) => {
      get(line, { agent: false }, (response) =>
        response.once('data', (data) => resolve(String(data))),
      );
    });
    expect(text).toBe('Hello');
    child.kill('SIGINT');
  }
  expect(said).toEqual([
    'starting',
    'registered',
    'reachable',
    expect.stringMatching(/^https:\/\/[a-z0-9-]+\.trycloudflare\.com$/u),
    'closed',
  ]);
  expect(await world.standIn.alivePids()).toEqual([]);
  // The port is free again.
  await new Promise<void>((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}, 60_000);
