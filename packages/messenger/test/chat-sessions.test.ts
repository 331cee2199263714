import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquaint, PASSWORD, type Person, Stage } from './chat-people.js';

describe('two people', { timeout: 20_000 }, () => {
  const stage = new Stage();
  let ada: Person;
  let ben: Person;
  let adasUrl: string;
  let bensUrl: string;

  beforeAll(async () => {
    [ada, ben] = await Promise.all([stage.quickPerson('ada'), stage.quickPerson('ben')]);
    await acquaint(ada, ben);
    adasUrl = (await ada.program.call('host.start', { port: 0 })).url;
    bensUrl = (await ben.program.call('host.start', { port: 0 })).url;
  });
  afterAll(() => stage.end());

  const toAda = (): Promise<{ session: string }> =>
    ben.program.call('session.connect', { url: adasUrl, contact: 'ada' });
  const toBen = (): Promise<{ session: string }> =>
    ada.program.call('session.connect', { url: bensUrl, contact: 'ben' });
  const opened = (person: Person): number => person.program.eventsOf('session.opened').length;
  const closed = (person: Person): number => person.program.eventsOf('session.closed').length;
  const allEnded = async (): Promise<void> => {
    for (const { program } of [ada, ben]) {
      for (const { id } of await program.call('session.list', {})) {
        await program.call('session.close', { session: id }).catch(() => undefined);
      }
    }
    for (const person of [ada, ben]) {
      await person.program.event('session.closed', () => closed(person) === opened(person));
    }
  };
  const exchange = async (round: string): Promise<void> => {
    const texts = await Promise.all([
      ada.program.call('message.send', { contact: 'ben', text: `${round}, from ada` }),
      ben.program.call('message.send', { contact: 'ada', text: `${round}, from ben` }),
    ]);
    await ada.program.delivered(texts[0].id);
    await ben.program.delivered(texts[1].id);
  };

  it('have one session per role, however many attempts there are at once', async () => {
    await Promise.all([toAda(), toBen(), toAda(), toBen(), toAda()]);
    // Each of the five was told to both, and all but the newest of each role are replaced.
    for (const { program } of [ada, ben]) {
      await program.event('session.closed', () => program.eventsOf('session.closed').length === 3);
      const roles = (await program.call('session.list', {})).map(({ role }) => role);
      expect(roles.toSorted()).toEqual(['guest', 'host']);
      const reasons = program.eventsOf('session.closed').map(({ reason }) => reason);
      expect(reasons).toEqual(['superseded', 'superseded', 'superseded']);
    }
    await exchange('at once');
    await allEnded();
  });

  it('lose and double nothing while sessions come and go', async () => {
    const sent: Promise<unknown>[] = [];
    for (let round = 0; round < 8; round++) {
      const { session } = await (round % 2 === 0 ? toAda() : toBen());
      for (let index = 0; index < 25; index++) {
        const text = `come and go ${round * 25 + index}`;
        sent.push(ada.program.call('message.send', { contact: 'ben', text }));
        sent.push(ben.program.call('message.send', { contact: 'ada', text }));
      }
      const { program } = round % 2 === 0 ? ben : ada;
      if (round % 3 === 2) await program.call('session.close', { session });
    }
    await Promise.all(sent);
    await toAda();
    const wanted = Array.from({ length: 200 }, (_, index) => `come and go ${index}`);
    for (const { program } of [ada, ben]) {
      await program.received('come and go 199');
      const told = program.receivedTexts().map(String);
      expect(told.filter((text) => text.startsWith('come and go'))).toEqual(wanted);
    }
    await allEnded();
  });

  it('see the same safety number, which survives a rename and not a new key', async () => {
    const [fromAda, fromBen] = await Promise.all([
      ada.program.call('contact.safetyNumber', { contact: 'ben' }),
      ben.program.call('contact.safetyNumber', { contact: 'ada' }),
    ]);
    expect(fromAda.number).toMatch(/^\d{5}( \d{5}){11}$/u);
    expect(fromAda).toEqual(fromBen);
    await ada.program.call('contact.setVerified', { contact: 'ben', verified: true });
    await ada.program.call('contact.rename', { contact: 'ben', name: 'Benjamin' });
    expect(await ada.program.call('contact.safetyNumber', { contact: 'benjamin' })).toEqual({
      ...fromAda,
      verified: true,
    });
  });

  it('are apart at once when one blocks the other, until it is undone', async () => {
    await toAda();
    const ended = closed(ben);
    await ada.program.call('contact.block', { contact: 'Benjamin' });
    await ben.program.event('session.closed', () => closed(ben) === ended + 1);
    expect(ben.program.eventsOf('session.closed').at(-1)?.reason).toBe('not_a_contact');
    await expect(toAda()).rejects.toMatchObject({ code: 'not_accepted' });
    const blocked = ada.program.call('session.connect', { url: bensUrl, contact: ben.id });
    await expect(blocked).rejects.toMatchObject({ code: 'not_accepted' });
    const unsent = await ben.program.call('message.send', { contact: 'ada', text: 'let me in' });
    await ada.program.call('contact.unblock', { contact: 'Benjamin' });
    await toAda();
    await ben.program.delivered(unsent.id);
    await allEnded();
  });

  it('keep their history over a new key, but not the trust in the old one', async () => {
    const before = await ada.program.call('message.history', { contact: 'Benjamin', limit: 500 });
    const renewed = await stage.quickPerson('ben-again');
    await renewed.program.call('contact.add', { id: ada.id, name: 'ada' });
    const replacement = { contact: 'Benjamin', id: renewed.id };
    await ada.program.call('contact.replaceKey', replacement);
    const [contact] = await ada.program.call('contact.list', {});
    expect(contact).toMatchObject({ id: renewed.id, name: 'Benjamin', verified: false });
    const after = await ada.program.call('message.history', { contact: 'Benjamin', limit: 500 });
    expect(after.messages.map(({ id }) => id)).toEqual(before.messages.map(({ id }) => id));

    await expect(toAda()).rejects.toMatchObject({ code: 'not_accepted' });
    const connected = { url: adasUrl, contact: 'ada' };
    await renewed.program.call('session.connect', connected);
    await renewed.program.call('message.send', { contact: 'ada', text: 'it is me' });
    expect(await ada.program.received('it is me')).toMatchObject({
      message: { contact: renewed.id },
    });
  });

  it('find their history again when one removes and adds the other', async () => {
    const carol = await stage.quickPerson('carol');
    await acquaint(ada, carol);
    const unsent = await ada.program.call('message.send', { contact: 'carol', text: 'unsent' });
    await ada.program.call('contact.remove', { contact: 'carol' });
    await ada.program.event(
      'message.state',
      ({ id, state }) => id === unsent.id && state === 'failed',
    );
    const gone = ada.program.call('message.history', { contact: 'carol' });
    await expect(gone).rejects.toMatchObject({ code: 'no_such_contact' });
    await ada.program.call('contact.add', { id: carol.id, name: 'Carol' });
    await carol.program.call('session.connect', { url: adasUrl, contact: 'ada' });
    await ada.program.call('message.send', { contact: 'carol', text: 'sent' });
    await carol.program.received('sent');
    const kept = await ada.program.call('message.history', { contact: 'carol' });
    expect(kept.messages.map(({ text }) => text)).toEqual(['unsent', 'sent']);
    await carol.program.call('account.lock', {});
    await carol.program.call('account.unlock', { name: 'carol', password: PASSWORD });
    const { messages } = await carol.program.call('message.history', { contact: 'ada' });
    expect(messages).toMatchObject([{ text: 'sent', direction: 'in', state: 'delivered' }]);
  });
});
