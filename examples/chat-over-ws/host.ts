// Waits for one guest and chats: `node examples/chat-over-ws/host.ts`. Everybody gets a new key each time; to keep one, keep its seed.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { OwnKey } from '@gravy/protocol';
import { admitOne, listenFor } from './admit-one.ts';
import { chat } from './terminal.ts';
import { encodeTicket } from './ticket.ts';

const random = (): Uint8Array => crypto.getRandomValues(new Uint8Array(32));
const door = { ownKey: OwnKey.fromSeed(random()), psk: random() };
const server = listenFor(door, { host: '127.0.0.1', port: 0 });
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
console.log('Your guest runs "node examples/chat-over-ws/guest.ts" and pastes this line:');
console.log(encodeTicket({ ...door, url: `ws://127.0.0.1:${port}`, id: door.ownKey.id }));

const channel = await admitOne(server, door);
console.log('Your guest is here. What you type is sent; Ctrl-D ends it.');
await chat(channel, createInterface({ input: process.stdin }));
