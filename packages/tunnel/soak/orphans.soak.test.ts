import { readdir } from 'node:fs/promises';
import { reportSoak, SeededRandom, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { reapLeftovers } from '../src/index.js';
import { endHost, ENDINGS, killAtAnyMoment } from '../test/trials/orphans.js';
import { makeWorld } from '../test/world.js';

const GOAL_MS = 5_000;

test.each(ENDINGS)('none left after: %s', async (ending) => {
  const world = await makeWorld();
  const rounds = soakCount(100);
  const elapsed: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { elapsedMs } = await endHost(ending, world);
    elapsed.push(elapsedMs);
    // What the program could not tidy up any more, the next start does.
    expect(await reapLeftovers(world.folder)).toBe(0);
    expect(await readdir(world.folder)).toEqual([]);
  }
  expect(leftAfterGoal(ending, elapsed)).toBe(0);
});

test('none left after: SIGKILL at any moment of the start', async () => {
  const world = await makeWorld();
  const random = new SeededRandom(1);
  const elapsed: number[] = [];
  for (let rounds = soakCount(100); rounds > 0; rounds -= 1) {
    elapsed.push((await killAtAnyMoment(random, world)).elapsedMs);
    await reapLeftovers(world.folder);
  }
  expect(leftAfterGoal('SIGKILL at any moment of the start', elapsed)).toBe(0);
});

/** How many were left for longer than they may be. */
function leftAfterGoal(ending: string, elapsed: readonly number[]): number {
  const left = elapsed.filter((ms) => ms >= GOAL_MS).length;
  const longest = Math.max(...elapsed).toFixed(0);
  reportSoak(
    `no orphan, ${ending}`,
    `${elapsed.length} rounds, ${left} left after 5 s, the longest lived ${longest} ms`,
  );
  return left;
}
