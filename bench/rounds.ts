/** Something that can be timed: `run` does it so many times. */
export interface Contender {
  readonly name: string;
  readonly run: (times: number) => void | Promise<void>;
}

export interface Timing {
  readonly name: string;
  /** Median of the rounds, in microseconds for one time. */
  readonly microseconds: number;
}

const ROUNDS = 9;
const ROUND_MS = 120;

async function elapsedMs({ run }: Contender, times: number): Promise<number> {
  const start = performance.now();
  await run(times);
  return performance.now() - start;
}

/** How many times fill a round; running so often also warms the contender up. */
async function timesPerRound(contender: Contender): Promise<number> {
  let times = 1;
  for (;;) {
    const ms = await elapsedMs(contender, times);
    if (ms >= ROUND_MS / 2) return Math.max(1, Math.round((times * ROUND_MS) / ms));
    times *= 2;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** One round of each after the other, again and again, so that a slow moment of the machine strikes all alike. */
export async function interleaved(contenders: readonly Contender[]): Promise<readonly Timing[]> {
  const runners: { contender: Contender; times: number; samples: number[] }[] = [];
  for (const contender of contenders) {
    runners.push({ contender, times: await timesPerRound(contender), samples: [] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { contender, times, samples } of runners) {
      samples.push(((await elapsedMs(contender, times)) * 1000) / times);
    }
  }
  return runners.map(({ contender, samples }) => ({
    name: contender.name,
    microseconds: median(samples),
  }));
}
