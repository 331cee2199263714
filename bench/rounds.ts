import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Something that can be timed: `run` does it so many times. */
export interface Contender {
  readonly name: string;
  /** What a round needs before its clock starts, such as a fresh session. */
  readonly begin?: () => void;
  readonly run: (times: number) => void | Promise<void>;
}

export interface Timing {
  readonly name: string;
  /** One sample for each round, in microseconds for one time: by the clock, and of processors' work in all threads. */
  readonly samples: readonly number[];
  readonly processorSamples: readonly number[];
}

/** The middle half of the samples shows how far to trust the median. */
export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

const ROUNDS = 31;
const ROUND_MS = 40;
const WARM_UP_MS = 150;
/** Of the order of turns, the same in every run. */
export const SEED = 0x67_72_61_76;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;

interface Spent {
  readonly ms: number;
  readonly processorMs: number;
}

async function spentOn({ begin, run }: Contender, times: number): Promise<Spent> {
  begin?.();
  // Caches are warm again, and nobody pays for what the one before left behind. Only the young generation is collected: whole
  // collections make V8 discard compiled code, which would punish those written in JavaScript.
  await run(Math.ceil(times / 8));
  collectGarbage({ type: 'minor' });
  const used = process.cpuUsage();
  const start = performance.now();
  await run(times);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { ms, processorMs: (user + system) / 1000 };
}

/**
 * How many times fill a round. Doubles until enough work was done to be warm, and counts by the last attempt alone: the first
 * ones pay for compiling.
 */
async function timesPerRound(contender: Contender): Promise<number> {
  let spentMs = 0;
  for (let times = 1; ; times *= 2) {
    const { ms } = await spentOn(contender, times);
    spentMs += ms;
    if (spentMs >= WARM_UP_MS && ms >= ROUND_MS / 4) {
      return Math.max(1, Math.round((times * ROUND_MS) / ms));
    }
  }
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

function ratios(ones: readonly number[], others: readonly number[]): readonly number[] {
  return ones.map((one, round) => (others[round] ?? Number.NaN) / one);
}

/**
 * How many times as fast one is as another. Each round of the one is set against the same round of the other, so that a slow
 * moment of the machine, which strikes both, cancels out.
 */
export function speedOver(one: Timing, other: Timing): Spread {
  return spreadOf(ratios(one.samples, other.samples));
}

/** The same by processors' work, which others at work on the machine hardly change. */
export function speedByProcessor(one: Timing, other: Timing): number {
  return spreadOf(ratios(one.processorSamples, other.processorSamples)).median;
}

/** The timing of that name. Throws if there is none. */
export function timingOf(timings: readonly Timing[], name: string): Timing {
  const found = timings.find((timing) => timing.name === name);
  if (!found) throw new Error(`Nothing was timed for ${name}.`);
  return found;
}

/** A shuffler with a generator of its own (xorshift), so that runs can be repeated. */
export function shuffler(seed: number): <T>(values: readonly T[]) => T[] {
  let state = seed;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  return (values) => {
    const rest = [...values];
    return values.flatMap(() => rest.splice(below(rest.length), 1));
  };
}

/** One round of each, again and again, in a new order each time: no one always follows the same other. */
export async function interleaved(contenders: readonly Contender[]): Promise<readonly Timing[]> {
  const runners: { contender: Contender; times: number; spent: Spent[] }[] = [];
  for (const contender of contenders) {
    runners.push({ contender, times: await timesPerRound(contender), spent: [] });
  }
  const shuffled = shuffler(SEED);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { contender, times, spent } of shuffled(runners)) {
      spent.push(await spentOn(contender, times));
    }
  }
  return runners.map(({ contender, times, spent }) => ({
    name: contender.name,
    samples: spent.map(({ ms }) => (ms * 1000) / times),
    processorSamples: spent.map(({ processorMs }) => (processorMs * 1000) / times),
  }));
}
