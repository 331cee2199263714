/// <reference lib="dom" />
// Bundled for a page and for a worker in it: what the test calls from outside.
import { messagePortDuplex, webSocketDuplex } from '@gravy/protocol';
import { call, talkAlone, type Outcome } from './talk.ts';

interface PageOutcome extends Outcome {
  readonly end: string;
}

async function talk(url: string): Promise<PageOutcome> {
  return { ...(await talkAlone()), end: await call(webSocketDuplex(new WebSocket(url))) };
}

/** With a peer in a worker, over the port between them. */
async function talkToWorker(script: string): Promise<string> {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), {
    type: 'module',
  });
  try {
    return await call(messagePortDuplex(worker));
  } finally {
    worker.terminate();
  }
}

Object.assign(globalThis, { talk, talkToWorker });
