import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Person, Stage, PASSWORD } from './rpc-process.js';

describe('a process that has the account open and does not answer', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;

  beforeEach(async () => {
    stage = new Stage();
    ada = await stage.person('ada');
  });
  afterEach(() => stage.end());

  it('is named by its pid to the others, who work again once it answers', async () => {
    const { child } = ada.rpc;
    const second = stage.rpc('ada');
    await second.call('account.list');
    child.kill('SIGSTOP');
    const [unlocked, listed] = await Promise.allSettled([
      second.call('account.unlock', { name: 'ada', password: PASSWORD }),
      stage.command('ada', ['contact', 'list', '--json']),
    ]);
    child.kill('SIGCONT');
    expect(unlocked).toMatchObject({
      status: 'rejected',
      reason: { data: { code: 'account_in_use', pid: child.pid } },
    });
    expect(listed).toMatchObject({ status: 'fulfilled', value: { code: 1, stdout: '' } });
    expect(await stage.command('ada', ['contact', 'list', '--json'])).toMatchObject({
      code: 0,
      stdout: '[]\n',
    });
  });
});
