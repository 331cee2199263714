// The README's example, run as a reader would: from a file, in a process of its own, on the package as built.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type * as sources from '../src/index.js';
import type { Channel, OwnKey, WebSocketLike } from '../src/index.js';

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

test('what a page does connects with the WebSocket that is there', async () => {
  const file = `${folder}/page.mjs`;
  await writeFile(file, browser);
  const page = (await import(pathToFileURL(file).href)) as {
    connect(url: string, ownKey: OwnKey, peerId: Uint8Array): Promise<Channel>;
  };
  // The page has the package as built, in which a key is of another class than in the sources.
  const built = new URL('../dist/index.js', import.meta.url).href;
  const gravy = (await import(built)) as typeof sources;
  const [alice, bob] = [1, 2].map((fill) => gravy.OwnKey.fromSeed(new Uint8Array(32).fill(fill)));
  if (!alice || !bob) throw new Error('There are two.');
  const server = new WebSocketServer({ port: 0, path: gravy.upgradePath(bob.id) });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answering = once(server, 'connection').then(([socket]) =>
    gravy.openChannel(gravy.webSocketDuplex(socket as WebSocketLike), {
      role: 'server',
      ownKey: bob,
      authorize: ({ id }) => Buffer.from(alice.id).equals(id),
    }),
  );
  const channel = await page.connect(`ws://localhost:${port}`, alice, bob.id);
  expect(channel.peerId).toEqual(bob.id);
  expect((await answering).peerId).toEqual(alice.id);
  await channel.close();
  server.close();
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
