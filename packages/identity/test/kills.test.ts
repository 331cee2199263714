import { SeededRandom } from '@gravy/testing';
import { expect, it } from 'vitest';
import { killWhileChangingPassword } from './trials/killed-password-change.js';

it(
  'kill -9 while the password is changed leaves a key file that one of the two passwords opens',
  { timeout: 60_000 },
  async () => {
    const random = new SeededRandom(8);
    for (let round = 0; round < 4; round += 1) {
      expect(await killWhileChangingPassword(random)).toEqual({ wasKilled: true });
    }
  },
);
