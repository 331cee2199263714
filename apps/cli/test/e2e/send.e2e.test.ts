import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Finished, gravy, onlyJson } from '../gravy-process.js';
import { acquaint, connect, host, type Json, PASSWORD, type Person, Stage } from './rpc-process.js';

const DELIVERED = 0;
const FAILED = 1;
const UNREACHABLE = 4;
const NOT_DELIVERED = 5;

describe('gravy send', () => {
  let stage: Stage;
  let ada: Person;
  let ben: Person;

  beforeEach(async () => {
    stage = new Stage();
    [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
  });
  afterEach(() => stage.end());

  const send = (words: readonly string[], input?: string): Promise<Finished> =>
    gravy(['send', ...words], {
      home: stage.home('ben'),
      password: PASSWORD,
      ...(input === undefined ? {} : { input }),
    });

  it('connects by itself over the address it knows, delivers, and leaves', async () => {
    const url = await host(ada);
    await connect(ben, ada, url);
    expect(await ben.rpc.end()).toBe(0);
    await ada.rpc.event('session.closed', { contact: ben.id });
    const from = ada.rpc.lines.length;
    const sent = await send(['ada', 'the first']);
    expect(sent).toMatchObject({ code: DELIVERED, stdout: 'Delivered to ada.\n', stderr: '' });
    await ada.rpc.received('the first', from);
    expect(await ada.rpc.event('session.closed', {}, from)).toMatchObject({ reason: 'peer_exit' });
    const piped = await send(['ADA', '-', '--json'], 'two\nlines 日本\n');
    expect(onlyJson(piped)).toEqual({
      id: expect.any(String) as string,
      at: expect.any(Number) as number,
      state: 'delivered',
    });
    await ada.rpc.received('two\nlines 日本', from);
  });

  it('uses the session of another process, and leaves it open', async () => {
    await connect(ben, ada, await host(ada));
    expect((await send(['ada', 'over the open session'])).code).toBe(DELIVERED);
    await ada.rpc.received('over the open session');
    expect(await ben.rpc.call<Json[]>('session.list')).toHaveLength(1);
  });

  it('ends with 4 where no session comes about; the text is sent with the next one', async () => {
    const nowhere = await send(['ada', 'one']);
    expect(nowhere.code).toBe(UNREACHABLE);
    expect(nowhere.stderr).toMatch(/No address.* The text is kept.*\nNext: gravy connect URL ada/u);
    const url = await host(ada);
    await connect(ben, ada, url);
    await ada.rpc.received('one');
    await ada.rpc.call('host.stop');
    await ben.rpc.call('session.disconnect', { contact: 'ada' });
    const from = ada.rpc.lines.length;
    const unreachable = await send(['ada', 'two', '--json']);
    expect(unreachable).toMatchObject({ code: UNREACHABLE, stdout: '' });
    expect(JSON.parse(unreachable.stderr)).toMatchObject({ error: { code: 'unreachable' } });
    await ada.rpc.call('host.start', { port: Number(new URL(url).port) });
    expect((await send(['ada', 'three'])).code).toBe(DELIVERED);
    await ada.rpc.received('three', from);
    expect(ada.rpc.receivedTexts()).toEqual(['one', 'two', 'three']);
  });

  it('ends with 4 where it is not let in', async () => {
    const url = await host(ada);
    await connect(ben, ada, url);
    await ada.rpc.call('contact.block', { contact: 'ben' });
    await ben.rpc.event('session.closed', { contact: ada.id });
    const refused = await send(['ada', 'hello', '--json']);
    expect(refused.code).toBe(UNREACHABLE);
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'not_accepted' } });
  });

  it('ends with 5 where there is a session and no word of delivery; nothing is lost', async () => {
    await connect(ben, ada, await host(ada));
    ada.rpc.child.kill('SIGSTOP');
    const late = await send(['ada', 'are you there?', '--timeout', '1s']);
    expect(late.code).toBe(NOT_DELIVERED);
    expect(late.stderr).toMatch(/no word of delivery in time\. The text is kept.*\nNext: /u);
    ada.rpc.child.kill('SIGCONT');
    await ada.rpc.received('are you there?');
  });

  it('sends nothing to whom one has blocked, to nobody, and nothing that is no text', async () => {
    await ben.rpc.call('contact.block', { contact: 'ada' });
    const blocked = await send(['ada', 'hello']);
    expect(blocked).toMatchObject({ code: FAILED });
    expect(blocked.stderr).toMatch(/is blocked.*\nNext: gravy contact unblock ada\n$/u);
    const history = await ben.rpc.call<{ messages: Json[] }>('message.history', { contact: 'ada' });
    expect(history.messages).toEqual([]);
    expect((await send(['nobody', 'hello'])).stderr).toMatch(/Next: gravy contact list\n$/u);
    expect((await send(['ada', '-'], '')).code).toBe(2);
    expect((await send(['ada', '-'], 'x'.repeat(200_000))).stderr).toMatch(/too much/u);
  });
});
