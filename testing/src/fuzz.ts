import { collectGarbage } from './collect-garbage.js';
import { SeededRandom } from './seeded-random.js';

export interface FuzzTarget {
  readonly name: string;
  /** One input, from what is random here to the end of treating it. Throws only if the treatment is not what it should be. */
  readonly attempt: (random: SeededRandom) => void | Promise<void>;
}

export interface FuzzFigures {
  readonly inputs: number;
  /** Since the process had warmed up. */
  readonly residentGrowthMiB: number;
  /** Since the first input, with what a process takes once. */
  readonly wholeGrowthMiB: number;
}

/**
 * By then a process has taken what it takes once: compiled code, and what the allocator keeps for reuse, which grows
 * by tens of megabytes within the first hundred thousand inputs and no more with the number. A leak grows on.
 */
const warmUpInputs = (count: number): number => Math.min(Math.max(2_000, count / 10), count >> 1);
/** So often the event loop gets its turn, and with it whatever was rejected and not handled. */
const INPUTS_PER_TURN = 500;
const MIB = 2 ** 20;

function residentBytes(): number {
  collectGarbage();
  return process.memoryUsage.rss();
}

/** Runs `count` inputs from `seed` on. What fails says with which seed it can be seen again. */
export async function fuzz(target: FuzzTarget, count: number, seed: number): Promise<FuzzFigures> {
  const warmUp = Math.floor(warmUpInputs(count));
  const atStart = residentBytes();
  let before = 0;
  for (let done = 0; done < count; done += 1) {
    if (done === warmUp) before = residentBytes();
    try {
      await target.attempt(new SeededRandom(seed + done));
    } catch (cause) {
      throw new Error(`${target.name}: seed ${seed + done}`, { cause });
    }
    if (done % INPUTS_PER_TURN === 0) await nextTurn();
  }
  await nextTurn();
  const now = residentBytes();
  const growthMiB = (since: number): number => Math.max(0, now - since) / MIB;
  return {
    inputs: count,
    residentGrowthMiB: growthMiB(before),
    wholeGrowthMiB: growthMiB(atStart),
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
