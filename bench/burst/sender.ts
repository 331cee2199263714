// The process that sends all texts in one go.
import { openAccount } from '../peers/gravy-account.ts';
import { dialWithWs } from '../peers/bare-ws.ts';
import { serveCalls } from '../processes/serve-calls.ts';

const BYTES = 100;
const RECEIVER = 'receiver';

/** Sends that many messages without waiting, and resolves when the last one is answered. */
type Burst = (count: number) => Promise<void>;

let answered: () => void = () => undefined;
let account: Awaited<ReturnType<typeof openAccount>> | undefined;
let withWs: Burst | undefined;
let withGravy: Burst | undefined;

/** Resolves when `answered` has been called that many times. */
function answers(count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = count;
  answered = () => {
    left -= 1;
    if (left === 0) resolve();
  };
  return promise;
}

async function connectWithWs(port: number): Promise<void> {
  const socket = await dialWithWs(port);
  const body = new Uint8Array(BYTES).fill(7);
  socket.on('message', () => answered());
  withWs = async (count) => {
    const all = answers(count);
    for (let index = 0; index < count; index += 1) socket.send(body);
    await all;
  };
}

async function connectWithGravy({ url, id }: { url: string; id: string }): Promise<void> {
  const gravy = account?.gravy;
  if (!gravy) throw new Error('There is no account yet.');
  await gravy.call('contact.add', { id, name: RECEIVER });
  await gravy.call('session.connect', { url, contact: RECEIVER });
  gravy.onEvent((event) => {
    if (event.method === 'message.state' && event.params.state === 'delivered') answered();
  });
  const text = 'x'.repeat(BYTES);
  withGravy = async (count) => {
    const all = answers(count);
    const sends = Array.from({ length: count }, () =>
      gravy.call('message.send', { contact: RECEIVER, text }),
    );
    await Promise.all(sends);
    await all;
  };
}

export interface Spent {
  readonly ms: number;
  readonly processorMs: number;
}

async function spentOn(burst: Burst | undefined, count: number): Promise<Spent> {
  if (!burst) throw new Error('There is no connection yet.');
  const used = process.cpuUsage();
  const start = performance.now();
  await burst(count);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { ms, processorMs: (user + system) / 1000 };
}

const calls = {
  openAccount: async (home: string): Promise<string> => {
    account = await openAccount(home);
    return account.id;
  },
  connectWithWs,
  connectWithGravy,
  burstWithWs: (count: number) => spentOn(withWs, count),
  burstWithGravy: (count: number) => spentOn(withGravy, count),
};
export type SenderCalls = typeof calls;

serveCalls(calls);
