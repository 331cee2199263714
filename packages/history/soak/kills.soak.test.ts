import { reportSoak, SeededRandom, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { killWhileMigrating, killWhileStoring } from '../test/trials/kills.js';

const kinds = [
  ['storing', (random: SeededRandom) => killWhileStoring(random)],
  ['migrating', (random: SeededRandom) => killWhileMigrating(random, 2_000 + random.below(8_000))],
] as const;

test.each(kinds)('kill -9 while %s', async (kind, kill) => {
  const random = new SeededRandom(20_261_126);
  const rounds = soakCount(350);
  let killed = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { wasKilled } = await kill(random);
    killed += Number(wasKilled);
  }
  reportSoak(`history: kill -9 while ${kind}`, `${rounds} rounds, ${killed} killed, nothing lost`);
  expect(killed).toBeGreaterThan(rounds / 2);
});
