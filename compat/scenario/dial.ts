// Run by Node, Deno and Bun with the address of the peer: talks alone, then with the peer, and prints what came of it.
import process from 'node:process';
import { webSocketDuplex } from '@gravy/protocol';
import { call, talkAlone } from './talk.ts';

const [url = ''] = process.argv.slice(2);
const alone = await talkAlone();
const end = await call(webSocketDuplex(new WebSocket(url)));
process.stdout.write(`${JSON.stringify({ ...alone, end })}\n`);
process.exit(0);
