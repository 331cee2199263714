import { reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { expectRefused, places } from '../test/second-implementation/changed-on-the-way.js';

const SEED = 20_261_126;

test.each(places.map((place) => [place.name, place] as const))(
  '%s with any byte changed, of any length, is refused by both',
  async (name, place) => {
    const mutations = soakCount(20_000);
    const refused = await expectRefused(place, { seed: SEED, oneIn: 1, mutations });
    reportSoak(`rejections, ${name}`, `${refused} changed inputs, all refused by both`);
    expect(refused).toBeGreaterThan(200);
  },
);
