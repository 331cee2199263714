// The receiving process: a host that accepts every file, and a plain ws server that writes what comes to a file.
import { open } from 'node:fs/promises';
import { WebSocketServer } from 'ws';
import { openAccount } from '../peers/gravy-account.ts';
import { serveCalls } from '../processes/serve-calls.ts';
import { usage } from '../processes/usage.ts';
import { clockMs } from '../latency/contenders.ts';

/** How long each text was on its way, in milliseconds. */
let delays: number[] = [];

async function host(
  home: string,
  sender: string,
  directory: string,
): Promise<{ readonly url: string; readonly id: string }> {
  const { gravy, id } = await openAccount(home);
  await gravy.call('contact.add', { id: sender, name: 'sender' });
  gravy.onEvent((event) => {
    if (event.method === 'file.offered') {
      void gravy.call('file.accept', { id: event.params.file.id, directory });
    }
    const text = event.method === 'message.received' ? event.params.message.text : undefined;
    if (text !== undefined) delays.push(clockMs() - Number(text));
  });
  const { url } = await gravy.call('host.start', { port: 0 });
  return { url, id };
}

/** What is written is brought to the medium before the end is confirmed, as with the others. */
async function listenWithWs(path: string): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket) => {
    const opened = open(path, 'w');
    let work: Promise<unknown> = opened;
    let waiting = 0;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        waiting += data.length;
        if (waiting > 4 * 2 ** 20) socket.pause();
        work = work.then(async () => {
          await (await opened).write(data);
          waiting -= data.length;
          socket.resume();
        });
        return;
      }
      void work.then(async () => {
        const file = await opened;
        await file.sync();
        await file.close();
        socket.send('done');
      });
    });
  });
  await new Promise((resolve) => server.on('listening', resolve));
  return (server.address() as { port: number }).port;
}

let peakResidentBytes = 0;
// Not what the process used at most since it began: the key of an account takes 128 MiB to derive, once.
setInterval(() => {
  peakResidentBytes = Math.max(peakResidentBytes, process.memoryUsage.rss());
}, 100).unref();

function takePeakResidentBytes(): number {
  const taken = peakResidentBytes;
  peakResidentBytes = 0;
  return taken;
}

const calls = {
  host,
  listenWithWs,
  takeDelays: () => {
    const taken = delays;
    delays = [];
    return taken;
  },
  takePeakResidentBytes,
  processorMs: () => usage().processorMs,
};
export type ReceiverCalls = typeof calls;

serveCalls(calls);
