import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquaint, connect, host, type Json, MAIN, type Person, Stage } from './rpc-process.js';

describe('a second process of the same account', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;
  let ben: Person;

  beforeEach(async () => {
    stage = new Stage();
    [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
    await connect(ben, ada, await host(ada));
  });
  afterEach(() => stage.end());

  it('works through the first, without the password', async () => {
    const child = spawn(process.execPath, [MAIN, 'contact', 'list', '--json'], {
      env: { PATH: process.env['PATH'] ?? '', GRAVY_HOME: stage.home('ada') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(JSON.parse(output)).toMatchObject([{ id: ben.id, name: 'ben', online: true }]);
  });

  it('sends over the sessions of the first, and both see what happens', async () => {
    const second = stage.rpc('ada');
    expect(await second.errorOf('account.unlock', { name: 'ada', password: 'no' })).toBe(
      'wrong_password',
    );
    await second.call('account.unlock', { name: 'ada', password: 'pw' });
    const sent = await second.call('message.send', { contact: 'ben', text: 'from the second' });
    await ben.rpc.received('from the second');
    const delivered: Json = { id: sent['id'], state: 'delivered' };
    await second.event('message.state', delivered);
    await ada.rpc.event('message.state', delivered);
    expect(await second.end()).toBe(0);
    await ada.rpc.call('message.send', { contact: 'ben', text: 'the first goes on' });
    await ben.rpc.received('the first goes on');
  });

  it('takes the account over when the first was killed', async () => {
    const second = stage.rpc('ada');
    await second.call('account.unlock', { name: 'ada', password: 'pw' });
    await ada.rpc.kill();
    expect(await second.event('account.closed')).toEqual({ name: 'ada', reason: 'owner_ended' });
    expect(await second.errorOf('contact.list')).toBe('connection_closed');
    await second.call('account.unlock', { name: 'ada', password: 'pw' });
    expect(await second.call<Json[]>('contact.list')).toMatchObject([{ name: 'ben' }]);
    const url = await host({ ...ada, rpc: second });
    await connect(ben, ada, url);
  });
});
