import { reportSoak, SeededRandom, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { FileKills } from '../test/e2e/trials/file-kills.js';

const SIZE_BYTES = 2 ** 30;

test('files of 1 GiB, sender and receiver killed at random moments', async () => {
  const started = performance.now();
  const random = new SeededRandom(11);
  const rounds = soakCount(20);
  const trial = await FileKills.open();
  let [done, kills, worst] = [0, 0, 0];
  try {
    for (; done < rounds; done += 1) {
      const [first, second] = [random.below(SIZE_BYTES), random.below(SIZE_BYTES)];
      const order = random.oneIn(2) ? (['ada', 'ben'] as const) : (['ben', 'ada'] as const);
      const plan = [
        [order[0], Math.min(first, second)],
        [order[1], Math.max(first, second)],
      ] as const;
      const figures = await trial.send(SIZE_BYTES, plan);
      kills += figures.kills;
      worst = Math.max(worst, figures.twiceBytes / SIZE_BYTES);
      expect(worst).toBeLessThan(0.02);
    }
  } finally {
    // Also of a run that has failed: what came before counts.
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    reportSoak(
      'files, real processes',
      `${done} of ${rounds} files of 1 GiB, ${kills} kills, all identical, at most ${(worst * 100).toFixed(2)} % sent twice, ${seconds} s`,
    );
    await trial.end();
  }
});
