// The server in a thread of Node, over the port it is given.
import { workerData, type MessagePort } from 'node:worker_threads';
import { messagePortDuplex } from '@gravy/protocol';
import { answer } from './talk.ts';

await answer(messagePortDuplex(workerData as MessagePort));
