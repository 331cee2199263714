// Run by Node, Deno and Bun with the address of the peer: talks, prints what came of it, and ends by itself.
import process from 'node:process';
import { webSocketDuplex } from '@gravy/protocol';
import { backEnd } from './back-end.ts';
import { talk } from './talk.ts';

const [url = ''] = process.argv.slice(2);
const outcome = await talk((path) => webSocketDuplex(new WebSocket(url + path)));
process.stdout.write(`${JSON.stringify({ ...backEnd(), ...outcome })}\n`);
