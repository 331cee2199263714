// Serves a page to one guest and chats with them in this terminal: `node examples/browser-guest/host.ts`. The page and the chat come
// over one port of this machine. For a guest elsewhere, put both behind TLS: who can change the page on its way can read the chat.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { OwnKey } from '@gravy/protocol';
import { build } from 'esbuild';
import { admitOne, listenFor } from '../chat-over-ws/admit-one.ts';
import { chat } from '../chat-over-ws/terminal.ts';
import { encodeTicket } from '../chat-over-ws/ticket.ts';

const page = await readFile(new URL('page.html', import.meta.url));
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('guest.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  write: false,
});
const script = outputFiles[0]?.contents ?? '';

const http = createServer(({ url }, response) => {
  const [type, content] = url === '/guest.js' ? ['text/javascript', script] : ['text/html', page];
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(content);
});
http.listen(0, '127.0.0.1');
await once(http, 'listening');
const { port } = http.address() as AddressInfo;

const random = (): Uint8Array => crypto.getRandomValues(new Uint8Array(32));
const door = { ownKey: OwnKey.fromSeed(random()), psk: random() };
const server = listenFor(door, { server: http });
console.log('Your guest opens this link in a browser:');
console.log(encodeTicket({ ...door, url: `http://127.0.0.1:${port}/`, id: door.ownKey.id }));

const channel = await admitOne(server, door);
console.log('Your guest is here. What you type is sent; Ctrl-D ends it.');
await chat(channel, createInterface({ input: process.stdin }));
http.close();
http.closeAllConnections();
