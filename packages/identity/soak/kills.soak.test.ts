import { reportSoak, SeededRandom, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { killWhileChangingPassword } from '../test/trials/killed-password-change.js';

test('kill -9 while the password is changed', async () => {
  const random = new SeededRandom(20_261_126);
  const rounds = soakCount(300);
  for (let round = 0; round < rounds; round += 1) {
    expect(await killWhileChangingPassword(random)).toEqual({ wasKilled: true });
  }
  reportSoak('identity: kill -9 while the password is changed', `${rounds} killed, nothing lost`);
});
