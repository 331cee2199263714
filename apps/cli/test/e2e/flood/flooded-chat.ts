// Two contacts chat, each with the real program in a process of its own, while slow clients crowd the host and a third comes and goes.
import { hkdfSync } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { ChaosProxy, SlowClients } from '@gravy/testing';
import { rawId } from '../id-text.js';
import { acquaint, connect, host, type Person, Stage } from '../rpc-process.js';

const TEXT_PAUSE_MS = 50;
const ONE_WAY_MS = 50;

export interface ChatFigures {
  readonly connectionsPerSecond: number;
  readonly texts: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How often the third came, and how many attempts failed. */
  readonly visits: number;
  readonly failedAttempts: number;
}

export async function floodedChat(options: {
  clients: number;
  pauseMs: number;
  seconds: number;
}): Promise<ChatFigures> {
  const stage = new Stage();
  let clients: SlowClients | undefined;
  let far: ChaosProxy | undefined;
  try {
    const people = ['ada', 'ben', 'carol'].map((name) => stage.person(name));
    const [ada, ben, carol] = await Promise.all(people);
    if (ada === undefined || ben === undefined || carol === undefined) throw new Error('nobody');
    await acquaint(ada, ben);
    await acquaint(ada, carol);
    const url = await host(ada);
    const port = Number(new URL(url).port);
    await connect(ben, ada, url);
    far = await ChaosProxy.before({ port }, { seed: 3 });
    const line = { delayMs: ONE_WAY_MS };
    far.treat = () => ({ dialDelayMs: ONE_WAY_MS, toServer: line, toClient: line });

    const { clients: count, pauseMs } = options;
    clients = await SlowClients.start({
      port,
      path: pathOf(ada),
      clients: count,
      pauseMs,
      addresses: 1,
    });
    const startedAt = performance.now();
    const isOver = (): boolean => performance.now() - startedAt >= options.seconds * 1_000;
    const tookMs: number[] = [];
    const chatting = (async () => {
      for (let number = 0; !isOver(); number += 1) {
        const [from, to] = number % 2 === 0 ? ([ben, ada] as const) : ([ada, ben] as const);
        tookMs.push(await textMs(from, to, `text ${number}`));
        await setTimeout(TEXT_PAUSE_MS);
      }
    })();
    let [visits, failedAttempts] = [0, 0];
    while (!isOver()) {
      if (await visit(carol, ada, `ws://127.0.0.1:${far.port}`)) visits += 1;
      else failedAttempts += 1;
    }
    await chatting;
    const { connectionsPerSecond } = await clients.stop();
    clients = undefined;
    const sorted = tookMs.toSorted((left, right) => left - right);
    const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
    return {
      connectionsPerSecond,
      texts: sorted.length,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      visits,
      failedAttempts,
    };
  } finally {
    await clients?.stop();
    await far?.close();
    await stage.end();
  }
}

/** From the sender's call to the receiver's event, both of which store the text. */
async function textMs(from: Person, to: Person, text: string): Promise<number> {
  const seen = to.rpc.lines.length;
  const sentAt = performance.now();
  void from.rpc.call('message.send', { contact: to.name, text });
  await to.rpc.received(text, seen);
  return performance.now() - sentAt;
}

/** Comes in over a long line, and leaves again; false if the host had dropped it before it was in. */
async function visit(guest: Person, to: Person, url: string): Promise<boolean> {
  try {
    const session = await connect(guest, to, url);
    await guest.rpc.call('session.close', { session });
    return true;
  } catch {
    return false;
  }
}

/** The slow clients know the path: they are more than strangers. */
function pathOf({ id }: Person): string {
  const key = hkdfSync('sha256', rawId(id), '', 'gravy/1 path', 16);
  return `/${Buffer.from(key).toString('base64url')}`;
}
