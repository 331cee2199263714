// Invites and strangers over real connections: Spec 2.5, 2.7 and 5.1.
import { decodeId } from '@gravy/identity';
import { ChaosProxy } from '@gravy/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostilePeer } from './chat-hostile-peer.js';
import { type Person, type Program, Stage } from './chat-people.js';

describe('an invite', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;
  let ben: Person;
  let url: string;
  beforeEach(async () => {
    stage = new Stage();
    [ada, ben] = await Promise.all([stage.quickPerson('ada'), stage.quickPerson('ben')]);
    ({ url } = await ada.program.call('host.start', { port: 0 }));
  });
  afterEach(() => stage.end());

  const invite = async (urls = [url]): Promise<{ id: string; invite: string }> =>
    ada.program.call('invite.create', { urls, contactName: 'Ben' });
  const come = (who: Person, text: string): Promise<{ contact: string }> =>
    who.program.call('session.connect', { invite: text });

  it('makes two who know nothing of each other contacts, and is used then', async () => {
    const { invite: text } = await invite();
    expect(await come(ben, text)).toMatchObject({ contact: ada.id });
    const { id } = await ada.program.call('message.send', { contact: 'Ben', text: 'welcome' });
    await ada.program.delivered(id);
    expect(await ben.program.call('contact.list', {})).toMatchObject([{ id: ada.id, name: 'ada' }]);
    const carol = await stage.quickPerson('carol');
    await expect(come(carol, text)).rejects.toMatchObject({ code: 'invite_used' });
    expect(await carol.program.call('contact.list', {})).toEqual([]);
    // Its bearer may come again with it.
    await come(ben, text);
  });

  it('is not burnt when message 4 gets lost', async () => {
    const proxy = await ChaosProxy.before({ port: Number(new URL(url).port) });
    try {
      // The answer to the upgrade, message 2 and one byte of message 4 pass.
      const cutAt = (await bytesBeforeMessage4(url, ada)) + 1;
      proxy.treat = (connection) => (connection === 0 ? { toClient: { cutAt } } : {});
      const { invite: text } = await invite([`ws://127.0.0.1:${proxy.port}`]);
      await expect(come(ben, text)).rejects.toMatchObject({ code: 'invite_used' });
      expect(await ada.program.call('invite.list', {})).toMatchObject([
        { state: 'used', usedBy: ben.id },
      ]);
      expect(await come(ben, text)).toMatchObject({ contact: ada.id });
    } finally {
      await proxy.close();
    }
  });

  it('that has ended lets a contact in all the same: it tries once more without', async () => {
    const { invite: text, id } = await invite();
    await ada.program.call('contact.add', { id: ben.id, name: 'ben' });
    await ada.program.call('invite.revoke', { id });
    expect(await come(ben, text)).toMatchObject({ contact: ada.id });
  });

  it('that was revoked lets no stranger in, and looks used', async () => {
    const { invite: text, id } = await invite();
    await ada.program.call('invite.revoke', { id });
    await expect(come(ben, text)).rejects.toMatchObject({ code: 'invite_used' });
  });

  it('brings nobody back who was removed or blocked', async () => {
    const { invite: text } = await invite();
    await come(ben, text);
    await ada.program.call('contact.block', { contact: 'Ben' });
    await expect(come(ben, text)).rejects.toMatchObject({ code: 'invite_used' });
    await ada.program.call('contact.remove', { contact: 'Ben' });
    await expect(come(ben, text)).rejects.toMatchObject({ code: 'invite_used' });
    expect(await ada.program.call('contact.list', {})).toEqual([]);
  });

  it('does not bring back the old key of a contact who has a new one', async () => {
    const { invite: text } = await invite();
    await come(ben, text);
    const carol = await stage.quickPerson('carol');
    await ada.program.call('contact.replaceKey', { contact: 'Ben', id: carol.id });
    await expect(come(ben, text)).rejects.toMatchObject({ code: 'invite_used' });
    expect(await ada.program.call('contact.list', {})).toMatchObject([{ id: carol.id }]);
  });
});

describe('a stranger', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;
  let url: string;
  const mallory = new HostilePeer(31);
  beforeEach(async () => {
    stage = new Stage();
    ada = await stage.quickPerson('ada');
    ({ url } = await ada.program.call('host.start', { port: 0, policy: 'ask' }));
  });
  afterEach(() => stage.end());

  const comes = (): ReturnType<HostilePeer['connect']> => mallory.connect(url, decodeId(ada.id));
  const asked = async (program: Program): Promise<void> => {
    await program.event('request.received', ({ id }) => id === mallory.id);
  };

  it('gets in at once when accepted while held', async () => {
    const coming = comes();
    await asked(ada.program);
    await ada.program.call('request.accept', { id: mallory.id, name: 'Mallory' });
    await (await coming).close();
  });

  it('meets silence when blocked, then and later', async () => {
    const coming = comes();
    coming.catch(() => undefined);
    await asked(ada.program);
    await ada.program.call('request.decline', { id: mallory.id, block: true });
    await expect(coming).rejects.toMatchObject({ code: 'not_accepted' });
    await expect(comes()).rejects.toMatchObject({ code: 'not_accepted' });
    expect(await ada.program.call('request.list', {})).toEqual([]);
  });

  it('is dropped when hosting stops, and its request stays', async () => {
    const coming = comes();
    coming.catch(() => undefined);
    await asked(ada.program);
    await ada.program.call('host.stop', {});
    await expect(coming).rejects.toMatchObject({ code: 'not_accepted' });
    expect(await ada.program.call('request.list', {})).toMatchObject([{ id: mallory.id }]);
    await ada.program.call('request.accept', { id: mallory.id, name: 'Mallory' });
    ({ url } = await ada.program.call('host.start', { port: 0 }));
    await (await comes()).close();
  });
});

/** What a host sends to a guest whom it lets in, up to where message 4 begins. */
async function bytesBeforeMessage4(url: string, host: Person): Promise<number> {
  const proxy = await ChaosProxy.before({ port: Number(new URL(url).port) });
  try {
    const nobody = new HostilePeer(32);
    const refused = nobody.connect(`ws://127.0.0.1:${proxy.port}`, decodeId(host.id));
    await refused.catch(() => undefined);
    return (await proxy.connection(0)).passedBytes.toClient;
  } finally {
    await proxy.close();
  }
}
