import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  acquaint,
  connect,
  host,
  type Json,
  type Person,
  type RpcProcess,
  Stage,
  PASSWORD,
} from './rpc-process.js';

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

  /** Works through the first, for which it needs no password; resolves once it does. */
  const attached = async (): Promise<RpcProcess> => {
    const rpc = stage.rpc('ada', ['rpc', '--account', 'ada']);
    await rpc.call('account.show');
    return rpc;
  };

  it('works through the first, without the password', async () => {
    const { code, stdout } = await stage.command('ada', ['contact', 'list', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ id: ben.id, name: 'ben', online: true }]);
  });

  it('sends over the sessions of the first, and both see what happens', async () => {
    const second = stage.rpc('ada');
    expect(await second.errorOf('account.unlock', { name: 'ada', password: 'no' })).toBe(
      'wrong_password',
    );
    await second.call('account.unlock', { name: 'ada', password: PASSWORD });
    const sent = await second.call('message.send', { contact: 'ben', text: 'from the second' });
    await ben.rpc.received('from the second');
    const delivered: Json = { id: sent['id'], state: 'delivered' };
    await second.event('message.state', delivered);
    await ada.rpc.event('message.state', delivered);
    expect(await second.end()).toBe(0);
    await ada.rpc.call('message.send', { contact: 'ben', text: 'the first goes on' });
    await ben.rpc.received('the first goes on');
  });

  it('chats with whoever is connected already, and leaves the session to the first', async () => {
    // Ben came to her: no address of his is known, and none is needed.
    const chat = await stage.command('ada', ['connect', 'ben'], 'hello from a pipe\n');
    expect(chat.code).toBe(0);
    await ben.rpc.received('hello from a pipe');
    expect(await ada.rpc.call('session.list')).toHaveLength(1);
  });

  it('hears what arrives, and may do all that the first may', async () => {
    const second = await attached();
    await ben.rpc.call('message.send', { contact: 'ada', text: 'to both of you' });
    const received = await second.received('to both of you');
    expect(await ada.rpc.received('to both of you')).toEqual(received);
    const upTo = { contact: 'ben', upTo: received['id'] };
    await second.call('message.markRead', upTo);
    expect(await ada.rpc.call('contact.list')).toMatchObject([{ unread: 0 }]);

    const [session] = await second.call<Json[]>('session.list');
    await second.call('session.close', { session: session?.['id'] });
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'kicked' });
    expect(await ada.rpc.event('session.closed')).toEqual(await second.event('session.closed'));
    await second.call('host.stop');
    expect(await ada.rpc.call('host.status')).toMatchObject({ running: false });
    expect(await second.errorOf('message.send', { contact: 'ben', text: '' })).toBe(-32_602);
  });

  it('may leave or be killed, and the first goes on', async () => {
    const second = await attached();
    await second.call('account.lock');
    expect(await second.errorOf('contact.list')).toBe('locked');
    const third = await attached();
    await third.kill();
    expect(await ada.rpc.call('session.list')).toHaveLength(1);
    await ada.rpc.call('message.send', { contact: 'ben', text: 'still here' });
    await ben.rpc.received('still here');
  });

  it('is told when the first locks the account, and can open it then', async () => {
    const second = await attached();
    await ada.rpc.call('account.lock');
    expect(await ada.rpc.event('account.closed')).toEqual({ name: 'ada', reason: 'locked' });
    expect(await second.event('account.closed')).toEqual({ name: 'ada', reason: 'owner_ended' });
    await second.call('account.unlock', { name: 'ada', password: PASSWORD });
    await ada.rpc.call('account.unlock', { name: 'ada', password: PASSWORD });
    // Now the first works through the second.
    const url = await host({ ...ada, rpc: second });
    await connect(ben, ada, url);
    await ada.rpc.call('message.send', { contact: 'ben', text: 'the other way round' });
    await ben.rpc.received('the other way round');
  });

  it('cannot delete the account under the first', async () => {
    const second = await attached();
    const deletion = { name: 'ada', confirm: 'ada' };
    const failed: Promise<unknown> = second.call('account.delete', deletion);
    await expect(failed).rejects.toMatchObject({
      data: { code: 'account_in_use', pid: ada.rpc.child.pid },
    });
    expect(await ada.rpc.call('contact.list')).toMatchObject([{ name: 'ben', online: true }]);
    await ada.rpc.call('account.lock');
    await ada.rpc.call('account.unlock', { name: 'ada', password: PASSWORD });
  });

  it('may have another account of the same home open, and talk with the first', async () => {
    const rpc = stage.rpc('ada');
    const { id } = await rpc.call('account.create', { name: 'ada at work', password: 'other' });
    const work: Person = { name: 'ada at work', id: id as string, rpc };
    await acquaint(work, ada);
    const { url } = await ada.rpc.call('host.status');
    await connect(work, ada, url as string);
    await rpc.call('message.send', { contact: 'ada', text: 'to myself at home' });
    expect(await ada.rpc.received('to myself at home')).toMatchObject({ contact: id });
  });

  it('and a third that start together all work, whichever opens the account', async () => {
    await ada.rpc.kill();
    const started = [stage.rpc('ada'), stage.rpc('ada'), stage.rpc('ada')];
    const unlock = { name: 'ada', password: PASSWORD };
    const opened = await Promise.all(started.map((rpc) => rpc.call('account.unlock', unlock)));
    for (const account of opened) expect(account).toEqual({ name: 'ada', id: ada.id });
    for (const [index, rpc] of started.entries()) {
      await rpc.call('message.send', { contact: 'ben', text: `from ${index}` });
    }
    for (const rpc of started) {
      const { messages } = await rpc.call<{ messages: Json[] }>('message.history', {
        contact: 'ben',
      });
      expect(messages.map(({ text }) => text)).toEqual(['from 0', 'from 1', 'from 2']);
    }
  });

  it('takes the account over when the first was killed', async () => {
    const second = stage.rpc('ada');
    await second.call('account.unlock', { name: 'ada', password: PASSWORD });
    await ada.rpc.kill();
    expect(await second.event('account.closed')).toEqual({ name: 'ada', reason: 'owner_ended' });
    expect(await second.errorOf('contact.list')).toBe('connection_closed');
    await second.call('account.unlock', { name: 'ada', password: PASSWORD });
    expect(await second.call<Json[]>('contact.list')).toMatchObject([{ name: 'ben' }]);
    const url = await host({ ...ada, rpc: second });
    await connect(ben, ada, url);
  });
});
