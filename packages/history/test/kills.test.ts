import { SeededRandom } from '@gravy/testing';
import { describe, expect, it } from 'vitest';
import { killWhileMigrating, killWhileStoring } from './trials/kills.js';

describe('kill -9', { timeout: 120_000 }, () => {
  it('while storing, deleting and searching loses nothing that was told to be done', async () => {
    const random = new SeededRandom(6);
    for (let round = 0; round < 4; round += 1) {
      expect(await killWhileStoring(random)).toEqual({ wasKilled: true });
    }
  });

  it('while migrating leaves a store that opens with everything in it', async () => {
    const random = new SeededRandom(7);
    for (let round = 0; round < 4; round += 1) {
      expect(await killWhileMigrating(random, 3_000)).toEqual({ wasKilled: true });
    }
  });
});
