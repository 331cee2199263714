// Many authenticated guests in one host, with nothing to say, beside as many connections of bare ws.
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeId } from '@gravy/identity';
import { newHome, removeHome } from '../peers/gravy-account.ts';
import { startChild, type Child } from '../processes/start-child.ts';
import type { Usage } from '../processes/usage.ts';
import type { Figure, Goal, Report } from '../report.ts';
import type { BareGuestsCalls } from './bare-guests.ts';
import type { BareHostCalls } from './bare-host.ts';
import type { GravyHostCalls } from './gravy-host.ts';
import type { GuestsCalls } from './guests.ts';

const GUESTS = 10_000;
/** Just below the host's own limit of handshakes, which stays as it is: filling it takes as long as it would in earnest. */
const HANDSHAKES_PER_SECOND = 48;
/** Every guest has told its host something, so each renews its keys once, 120 s after it came: the last of them by then. */
const SETTLING_MS = 125_000;
/** Every guest has sent three PINGs by then. */
const IDLE_MS = 75_000;

const MEMORY_GOAL: Goal = { atMost: 30 };
const PROCESSOR_GOAL: Goal = { atMost: 5 };

/** What a host uses empty, when it has been filled and all keys were renewed once, and when it has been idle. */
interface Course {
  readonly empty: Usage;
  readonly full: Usage;
  readonly idle: Usage;
  /** Bytes of objects in use: by the empty host, and at the end. */
  readonly heap: readonly [number, number];
}

const residentEach = ({ empty, idle }: Course): number =>
  (idle.residentBytes - empty.residentBytes) / 1024 / GUESTS;

const heapEach = ({ heap: [empty, full] }: Course): number => (full - empty) / 1024 / GUESTS;

const percentOfCore = ({ full, idle }: Course): number =>
  ((idle.processorMs - full.processorMs) / IDLE_MS) * 100;

/** An account with all guests as contacts, made in a process that ends: adding them must not warm up the host. */
async function prepareAccount(home: string, ids: readonly string[]): Promise<string> {
  const maker = startChild<GravyHostCalls>(new URL('gravy-host.ts', import.meta.url));
  try {
    const id = await maker.call('openAccount', home);
    await maker.call('addContacts', ids);
    return id;
  } finally {
    await maker.end();
  }
}

interface Hosts {
  readonly gravy: Child<GravyHostCalls>;
  readonly bare: Child<BareHostCalls>;
  readonly guests: Child<GuestsCalls>;
  /** In a process of their own: both together would have more files open than many systems allow. */
  readonly bareGuests: Child<BareGuestsCalls>;
}

async function measure(
  { gravy, bare, guests, bareGuests }: Hosts,
  home: string,
): Promise<{ gravy: Course; bare: Course; fillMs: number; inVain: number }> {
  const id = await prepareAccount(home, await guests.call('ids', GUESTS));
  await gravy.call('openAccount', home);
  const url = await gravy.call('listen');
  const port = await bare.call('listen');
  const heap = { gravy: await gravy.call('heapInUse'), bare: await bare.call('heapInUse') };
  const empty = { gravy: await gravy.call('usage'), bare: await bare.call('usage') };

  await bareGuests.call('connect', port, GUESTS);
  const start = performance.now();
  const perSecond = HANDSHAKES_PER_SECOND;
  const inVain = await guests.call('connect', { url, id: decodeId(id), count: GUESTS, perSecond });
  const fillMs = performance.now() - start;

  await sleep(SETTLING_MS);
  const full = { gravy: await gravy.call('usage'), bare: await bare.call('usage') };
  await sleep(IDLE_MS);
  const idle = { gravy: await gravy.call('usage'), bare: await bare.call('usage') };
  const connected = await Promise.all([
    guests.call('connected'),
    bareGuests.call('connected'),
    gravy.call('sessions'),
  ]);
  if (connected.some((count) => count !== GUESTS)) throw new Error('Some guests have left.');
  const atEnd = { gravy: await gravy.call('heapInUse'), bare: await bare.call('heapInUse') };
  const courseOf = (which: 'gravy' | 'bare'): Course => ({
    empty: empty[which],
    full: full[which],
    idle: idle[which],
    heap: [heap[which], atEnd[which]],
  });
  return {
    gravy: courseOf('gravy'),
    bare: courseOf('bare'),
    fillMs,
    inVain,
  };
}

export async function connections(): Promise<Report> {
  const home = newHome();
  const hosts: Hosts = {
    gravy: startChild(new URL('gravy-host.ts', import.meta.url)),
    bare: startChild(new URL('bare-host.ts', import.meta.url)),
    guests: startChild(new URL('guests.ts', import.meta.url)),
    bareGuests: startChild(new URL('bare-guests.ts', import.meta.url)),
  };
  try {
    const { gravy, bare, fillMs, inVain } = await measure(hosts, home);
    const memory = 'KiB resident each';
    const processor = '% of a core';
    const figures: readonly Figure[] = [
      { what: 'guests', value: GUESTS, unit: 'connected', goal: { atLeast: 10_000 } },
      { what: 'to fill the host, at its limit', value: fillMs / 1000, unit: 's' },
      { what: 'handshakes in vain', value: inVain, unit: 'attempts' },
      { what: 'bare ws, idle', value: residentEach(bare), unit: memory },
      {
        what: 'gravy, idle',
        value: residentEach(gravy),
        unit: memory,
        goal: MEMORY_GOAL,
      },
      { what: 'bare ws, objects in use', value: heapEach(bare), unit: 'KiB each' },
      { what: 'gravy, objects in use', value: heapEach(gravy), unit: 'KiB each' },
      {
        what: 'gravy host without guests',
        value: gravy.empty.residentBytes / 2 ** 20,
        unit: 'MiB resident',
      },
      { what: 'bare ws, as many bytes as often', value: percentOfCore(bare), unit: processor },
      {
        what: 'gravy, with its keep-alive',
        value: percentOfCore(gravy),
        unit: processor,
        goal: PROCESSOR_GOAL,
      },
    ];
    return { name: 'connections', figures };
  } finally {
    await Promise.all(Object.values(hosts).map((child) => child.end()));
    removeHome(home);
  }
}
