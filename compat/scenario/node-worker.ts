// The peer in a thread of Node.
import { parentPort } from 'node:worker_threads';
import { messagePortDuplex } from '@gravy/protocol';
import { answer } from './talk.ts';

if (!parentPort) throw new Error('This runs in a worker.');
await answer(messagePortDuplex(parentPort));
