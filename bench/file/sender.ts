// The sending process of Gravy.
import { clockMs } from '../latency/contenders.ts';
import { openAccount } from '../peers/gravy-account.ts';
import { serveCalls } from '../processes/serve-calls.ts';
import { usage } from '../processes/usage.ts';

const RECEIVER = 'receiver';
const TEXT_EVERY_MS = 50;

let account: Awaited<ReturnType<typeof openAccount>> | undefined;

async function connect({ url, id }: { url: string; id: string }): Promise<void> {
  await gravyOf().call('contact.add', { id, name: RECEIVER });
  await gravyOf().call('session.connect', { url, contact: RECEIVER });
}

function gravyOf(): NonNullable<typeof account>['gravy'] {
  if (account === undefined) throw new Error('There is no account yet.');
  return account.gravy;
}

/** Milliseconds from the offer until the receiver has said that it is there and right. */
async function sendFile(path: string, withTexts: boolean): Promise<number> {
  const gravy = gravyOf();
  const arrived = Promise.withResolvers<void>();
  const unsubscribe = gravy.onEvent((event) => {
    if (event.method === 'file.completed') arrived.resolve();
    if (event.method === 'file.failed') arrived.reject(new Error(event.params.reason));
  });
  const say = (): void =>
    void gravy.call('message.send', { contact: RECEIVER, text: String(clockMs()) });
  const timer = withTexts ? setInterval(say, TEXT_EVERY_MS) : undefined;
  const start = performance.now();
  try {
    await gravy.call('file.send', { contact: RECEIVER, path });
    await arrived.promise;
    return performance.now() - start;
  } finally {
    clearInterval(timer);
    unsubscribe();
  }
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
  openAccount: async (home: string): Promise<string> => {
    account = await openAccount(home);
    return account.id;
  },
  connect,
  sendFile,
  takePeakResidentBytes,
  processorMs: () => usage().processorMs,
};
export type SenderCalls = typeof calls;

serveCalls(calls);
