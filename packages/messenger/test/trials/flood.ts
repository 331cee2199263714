// Many slow clients on a host, while a guest talks with it and others come: Spec 6.
import { setTimeout } from 'node:timers/promises';
import { ChaosProxy, type FloodPlan, SlowClients } from '@gravy/testing';
import { roundTripMs, SeparateHost } from './separate-host.js';

/** A text, and the line that carries newcomers: as long as to the next continent. */
const TEXT = new Uint8Array(100).fill(7);
const CHAT_PAUSE_MS = 20;
const ONE_WAY_MS = 50;
const MAX_TRIES = 20;

export interface FloodTrial {
  /** Whose addresses count: nobody's (all are of this machine), the sockets', or those the tunnel reports. */
  readonly limit: 'none' | 'sockets' | 'tunnel';
  readonly clients: number;
  readonly addresses: number;
  readonly kinds?: NonNullable<FloodPlan['kinds']>;
  readonly pauseMs: number;
  readonly seconds: number;
}

export interface TrialFigures {
  readonly connectionsPerSecond: number;
  readonly maxUnauthenticated: number;
  readonly hostCores: number;
  readonly chat: { readonly texts: number; readonly p50Ms: number; readonly p99Ms: number };
  /** Guests who came during the flood: how many tries each needed, or that all were in vain. */
  readonly newcomers: { readonly tries: readonly number[]; readonly shutOut: number };
}

export async function flood(trial: FloodTrial): Promise<TrialFigures> {
  const host = await SeparateHost.start({
    limitsThisMachine: trial.limit === 'sockets',
    isBehindTunnel: trial.limit === 'tunnel',
  });
  const far = await ChaosProxy.before(host, { seed: 5 });
  const line = { delayMs: ONE_WAY_MS };
  far.treat = () => ({ dialDelayMs: ONE_WAY_MS, toServer: line, toClient: line });
  let clients: SlowClients | undefined;
  try {
    const channel = await host.connect();
    const records = channel.records[Symbol.asyncIterator]();
    await roundTripMs(channel, records, TEXT);
    clients = await SlowClients.start({
      port: host.port,
      path: host.path,
      clients: trial.clients,
      addresses: trial.addresses,
      pauseMs: trial.pauseMs,
      reportsAddresses: trial.limit === 'tunnel',
      ...(trial.kinds === undefined ? {} : { kinds: trial.kinds }),
    });
    const before = await host.figures();
    const startedAt = performance.now();
    const isOver = (): boolean => performance.now() - startedAt >= trial.seconds * 1_000;

    const roundTrips: number[] = [];
    const chatting = (async () => {
      while (!isOver()) {
        roundTrips.push(await roundTripMs(channel, records, TEXT));
        await setTimeout(CHAT_PAUSE_MS);
      }
    })();
    const tries: number[] = [];
    let shutOut = 0;
    while (!isOver()) {
      const needed = await triesToConnect(host, far.port);
      if (needed === undefined) shutOut += 1;
      else tries.push(needed);
    }
    await chatting;
    const after = await host.figures();
    const tookMs = performance.now() - startedAt;
    const { connectionsPerSecond } = await clients.stop();
    clients = undefined;
    const sorted = roundTrips.toSorted((left, right) => left - right);
    const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
    return {
      connectionsPerSecond,
      maxUnauthenticated: after.maxUnauthenticated,
      hostCores: (after.cpuMs - before.cpuMs) / tookMs,
      chat: { texts: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99) },
      newcomers: { tries, shutOut },
    };
  } finally {
    await clients?.stop();
    await far.close();
    await host.end();
  }
}

async function triesToConnect(host: SeparateHost, port: number): Promise<number | undefined> {
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    try {
      const channel = await host.connect(port);
      await channel.close();
      return tries;
    } catch {
      // Displaced before it was authenticated: it tries again, as a guest's program does.
    }
  }
  return undefined;
}

export function described({ chat, newcomers, ...figures }: TrialFigures): string {
  const { tries, shutOut } = newcomers;
  const atOnce = tries.filter((count) => count === 1).length;
  const most = Math.max(0, ...tries);
  return [
    `${figures.connectionsPerSecond.toFixed(0)} connections/s`,
    `at most ${figures.maxUnauthenticated} unauthenticated`,
    `host ${(figures.hostCores * 100).toFixed(0)} % of a core`,
    `${chat.texts} texts there and back, p50 ${chat.p50Ms.toFixed(1)} ms, p99 ${chat.p99Ms.toFixed(1)} ms`,
    `newcomers: ${atOnce} of ${tries.length + shutOut} in at once, the others after ${most} tries at most, ${shutOut} not after ${MAX_TRIES}`,
  ].join('; ');
}
