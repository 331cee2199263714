/// <reference lib="dom" />
// Bundled for a page: what the test calls from outside.
import { messagePortDuplex, webSocketDuplex } from '@gravy/protocol';
import { call, callAndRekey, talk, type Outcome } from './talk.ts';

function talkOver(url: string): Promise<Outcome> {
  return talk((path) => webSocketDuplex(new WebSocket(url + path)));
}

/** With a server in a worker, over the port between them. Gives the end of the one call and the epoch of the other. */
async function talkToWorker(script: string): Promise<readonly [string, number]> {
  const source = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const inWorker = async <Result>(
    work: (...to: Parameters<typeof call>) => Promise<Result>,
  ): Promise<Result> => {
    const worker = new Worker(source, { type: 'module' });
    try {
      return await work(messagePortDuplex(worker));
    } finally {
      worker.terminate();
    }
  };
  return [await inWorker(call), await inWorker(callAndRekey)];
}

Object.assign(globalThis, { talkOver, talkToWorker });
