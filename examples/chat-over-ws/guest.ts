// Goes to a host and chats: `node examples/chat-over-ws/guest.ts`, then the line that the host has printed. It is read from the
// input, so that its secret stands neither in the list of processes nor in the history of the shell.
import { createInterface } from 'node:readline';
import { openChannel, OwnKey, upgradePath, webSocketDuplex } from '@gravy/protocol';
import { chat } from './terminal.ts';
import { decodeTicket } from './ticket.ts';

console.log('Paste the line that the host has printed:');
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { value: line } = await lines.next();
const { url, id, psk } = decodeTicket(line ?? '');

// The WebSocket of Node itself; that of `ws` would do as well.
const socket = new WebSocket(url + upgradePath(id));
const ownKey = OwnKey.fromSeed(crypto.getRandomValues(new Uint8Array(32)));
const channel = await openChannel(webSocketDuplex(socket), {
  role: 'client',
  ownKey,
  peerId: id,
  psk,
});
console.log('You are connected. What you type is sent; Ctrl-D ends it.');
await chat(channel, lines);
