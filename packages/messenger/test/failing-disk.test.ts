import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquaint, type Person, Stage } from './chat-people.js';

/** From here on every file of this process may have so many bytes: the system refuses what goes beyond. */
const limitFiles = (bytes: number | 'unlimited'): boolean => {
  const soft = `--fsize=${bytes}:unlimited`;
  return spawnSync('prlimit', ['--pid', String(process.pid), soft]).status === 0;
};

const canLimit = process.platform === 'linux' && limitFiles('unlimited');
if (!canLimit) console.log('Skipped: writing is made to fail by prlimit.');

describe.runIf(canLimit)('on a disk that fails', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;
  let ben: Person;

  beforeEach(async () => {
    stage = new Stage();
    ada = await stage.quickPerson('ada');
    ben = await stage.quickPerson('ben');
    await acquaint(ada, ben);
    const { urls } = await ben.program.call('host.start', { port: 0 });
    const [url = ''] = urls;
    await ada.program.call('session.connect', { contact: 'ben', url });
  });
  afterEach(async () => {
    limitFiles('unlimited');
    await stage.end();
  });

  const send = (text: string): Promise<{ id: string }> =>
    ada.program.call('message.send', { contact: 'ben', text });
  const textsOf = async ({ program }: Person, contact: string): Promise<unknown[]> => {
    const { messages } = await program.call('message.history', { contact, limit: 50 });
    return messages.map(({ text }) => text);
  };

  it('a text that cannot be stored is refused to its writer, who can send it later', async () => {
    limitFiles(1_024);
    await expect(send('refused')).rejects.toMatchObject({ code: 'io_error' });
    limitFiles('unlimited');
    const { id } = await send('again');
    await ada.program.delivered(id);
    expect(await textsOf(ada, 'ben')).toEqual(['again']);
    expect(await textsOf(ben, 'ada')).toEqual(['again']);
  });

  it('a text that its receiver cannot store is not acknowledged, and comes again', async () => {
    const { id } = await send('kept by its sender');
    limitFiles(1_024);
    expect(ben.program.receivedTexts()).toEqual([]);
    await ada.program.event('session.closed');
    expect(await textsOf(ben, 'ada')).toEqual([]);
    expect(ada.program.eventsOf('message.state').map(({ state }) => state)).not.toContain(
      'delivered',
    );
    limitFiles('unlimited');
    await ada.program.delivered(id);
    expect(ben.program.receivedTexts()).toEqual(['kept by its sender']);
    expect(await textsOf(ben, 'ada')).toEqual(['kept by its sender']);
  });

  it('a guest that cannot store a text connects again by itself, as its host cannot', async () => {
    const { id } = await ben.program.call('message.send', { contact: 'ada', text: 'to the guest' });
    limitFiles(1_024);
    const closed = await ada.program.event('session.closed');
    expect(closed).toMatchObject({ reason: 'shutdown', willReconnect: true });
    limitFiles('unlimited');
    await ben.program.delivered(id);
    expect(ada.program.receivedTexts()).toEqual(['to the guest']);
  });
});
