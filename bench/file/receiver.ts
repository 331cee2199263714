// The receiving process of Gravy: a host that accepts every file.
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
