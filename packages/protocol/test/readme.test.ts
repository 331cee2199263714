// The README's example, run as a reader would: from a file, in a process of its own, on the package as built.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const [chat = '', browser = ''] = [...readme.matchAll(/```js\n(.*?)```/gsu)].map(
  ([, code]) => code,
);

let folder: string;
beforeAll(async () => {
  // Within the package, so that its name leads to it.
  folder = await mkdtemp(fileURLToPath(new URL('../dist/.readme-', import.meta.url)));
});
afterAll(() => rm(folder, { recursive: true }));

test('two peers chat over plain ws in fewer than 25 lines', async () => {
  expect(chat.trim().split('\n').length).toBeLessThan(25);
  const file = `${folder}/chat.mjs`;
  await writeFile(file, chat.replaceAll('8080', String(await freePort())));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  // The example goes on until it is ended; both have spoken by its second line.
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (said.length === 2) child.kill();
  }
  expect(said).toEqual(['Alice: Hello, Bob', 'Bob: Hello, Alice']);
});

test('what a browser imports is there', async () => {
  const [, names = ''] = /import \{ (.*?) \}/u.exec(browser) ?? [];
  const exported = await import('../src/index.js');
  expect(names.split(', ').length).toBeGreaterThan(2);
  for (const name of names.split(', ')) expect(exported).toHaveProperty(name);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
  return address.port;
}
