import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquaint, connect, host, type Json, Stage } from './rpc-process.js';
import { TcpTap } from './tcp-tap.js';

/** How long a message may be on its way: long enough for another one to overtake it. */
const LATE_MS = 500;

describe('several people', { timeout: 60_000 }, () => {
  let stage: Stage;

  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.end());

  it('five guests talk with one host at once; one is kicked and four go on', async () => {
    const ada = await stage.person('ada');
    const names = ['ben', 'carol', 'dave', 'eve', 'frank'];
    const guests = await Promise.all(names.map((name) => stage.person(name)));
    for (const guest of guests) await acquaint(ada, guest);
    const url = await host(ada);
    await Promise.all(guests.map((guest) => connect(guest, ada, url)));
    expect(await ada.rpc.call('host.status')).toMatchObject({ running: true, sessions: 5 });

    await Promise.all(
      guests.map(async (guest) => {
        await guest.rpc.call('message.send', { contact: 'ada', text: `from ${guest.name}` });
        await ada.rpc.call('message.send', { contact: guest.name, text: `to ${guest.name}` });
        await guest.rpc.received(`to ${guest.name}`);
        const received = await ada.rpc.received(`from ${guest.name}`);
        expect(received['contact']).toBe(guest.id);
      }),
    );
    const sessions = await ada.rpc.call<Json[]>('session.list');
    const ofBen = sessions.find(({ contact }) => contact === guests[0]?.id);
    await ada.rpc.call('session.close', { session: ofBen?.['id'] });
    expect(await guests[0]?.rpc.event('session.closed')).toMatchObject({ reason: 'kicked' });
    for (const guest of guests.slice(1)) {
      await guest.rpc.call('message.send', { contact: 'ada', text: `still ${guest.name}` });
      await ada.rpc.received(`still ${guest.name}`);
    }
    expect(await ada.rpc.call('host.status')).toMatchObject({ sessions: 4 });
    // Nobody got what was meant for somebody else.
    for (const { name, rpc } of guests) expect(rpc.receivedTexts()).toEqual([`to ${name}`]);
    // A kick is no ban.
    const [ben] = guests;
    if (ben === undefined) throw new Error('nobody');
    await connect(ben, ada, url);
    await ben.rpc.call('message.send', { contact: 'ada', text: 'back again' });
    await ada.rpc.received('back again');
  });

  it('a process is host and guest at once, of several hosts, in a ring of three', async () => {
    const people = await Promise.all(['ada', 'ben', 'carol'].map((name) => stage.person(name)));
    const urls = await Promise.all(people.map(host));
    for (const [index, guest] of people.entries()) {
      const next = people[(index + 1) % 3];
      if (next === undefined) throw new Error('no next');
      await acquaint(guest, next);
    }
    for (const [index, guest] of people.entries()) {
      const next = people[(index + 1) % 3];
      if (next !== undefined) await connect(guest, next, urls[(index + 1) % 3] ?? '');
    }
    for (const from of people) {
      const roles = (await from.rpc.call<Json[]>('session.list')).map(({ role }) => role);
      expect(new Set(roles)).toEqual(new Set(['guest', 'host']));
      for (const to of people.filter((person) => person !== from)) {
        const text = `${from.name} to ${to.name}`;
        await from.rpc.call('message.send', { contact: to.name, text });
        expect(await to.rpc.received(text)).toMatchObject({ contact: from.id });
      }
    }
  });

  it('one guest is with two hosts at once, and both with the same contact in both roles', async () => {
    const [ada, ben, carol] = await Promise.all(
      (['ada', 'ben', 'carol'] as const).map((name) => stage.person(name)),
    );
    if (ada === undefined || ben === undefined || carol === undefined) throw new Error('nobody');
    await acquaint(ada, ben);
    await acquaint(ben, carol);
    await connect(ben, ada, await host(ada));
    await connect(ben, carol, await host(carol));
    await connect(ada, ben, await host(ben));
    const sessions = await ben.rpc.call<Json[]>('session.list');
    expect(sessions.map(({ contact, role }) => [contact, role])).toEqual([
      [ada.id, 'host'],
      [carol.id, 'guest'],
      [ada.id, 'guest'],
    ]);
    for (const [from, to] of [
      [ada, ben],
      [ben, ada],
      [ben, carol],
    ] as const) {
      const text = `${from.name} to ${to.name}`;
      await from.rpc.call('message.send', { contact: to.name, text });
      await to.rpc.received(text);
    }
  });

  it('two who host each other go on over one session when the other ends', async () => {
    const [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
    const older = await connect(ben, ada, await host(ada));
    const newer = await connect(ada, ben, await host(ben));
    await ada.rpc.call('session.close', { session: newer });
    expect(await ben.rpc.event('session.closed')).toMatchObject({
      role: 'host',
      reason: 'peer_exit',
    });
    expect(await ben.rpc.call('session.list')).toMatchObject([{ id: older, role: 'guest' }]);
    expect(await ben.rpc.call('contact.list')).toMatchObject([{ online: true }]);
    for (const [from, to] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      await from.rpc.call('message.send', { contact: to.name, text: 'over the older' });
      await to.rpc.received('over the older');
      expect(to.rpc.receivedTexts()).toEqual(['over the older']);
    }
  });

  it('a second connection of the same contact takes the place of the first', async () => {
    const [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
    const url = await host(ada);
    const first = await connect(ben, ada, url);
    const second = await connect(ben, ada, url);
    const closed = { reason: 'superseded', willReconnect: false };
    expect(await ben.rpc.event('session.closed', { session: first })).toMatchObject(closed);
    expect(await ada.rpc.event('session.closed')).toMatchObject(closed);
    expect(await ben.rpc.call<Json[]>('session.list')).toMatchObject([{ id: second }]);
    await ada.rpc.call('message.send', { contact: 'ben', text: 'over the second' });
    await ben.rpc.received('over the second');
  });

  it('two attempts at once leave one session, whichever is heard of first', async () => {
    const [ada, ben] = await Promise.all([stage.person('ada'), stage.person('ben')]);
    await acquaint(ada, ben);
    const tap = await TcpTap.before(await host(ada));
    try {
      const isLate = Promise.withResolvers<void>();
      let heard = 0;
      tap.pass = async (bytes, way, connection) => {
        // The host's last message of the first attempt stays behind the one of the second, if there is one.
        const isLast = way === 'to guest' && connection === 0 && ++heard === 3;
        if (isLast) await Promise.race([isLate.promise, setTimeout(LATE_MS)]);
        return [bytes];
      };
      const attempts = Promise.all([connect(ben, ada, tap.url), connect(ben, ada, tap.url)]);
      void Promise.race([ben.rpc.event('session.opened'), attempts]).then(() => isLate.resolve());
      const sessions = await attempts;
      for (const { rpc } of [ada, ben]) {
        expect(await rpc.event('session.closed')).toMatchObject({ reason: 'superseded' });
      }
      // A session that is about to end takes a text, but does not acknowledge it any more.
      const sent = await ben.rpc.call('message.send', { contact: 'ada', text: 'still here' });
      await ben.rpc.event('message.state', { id: sent['id'], state: 'delivered' });
      expect(await ada.rpc.call('session.list')).toHaveLength(1);
      const left = await ben.rpc.call<Json[]>('session.list');
      expect(left).toHaveLength(1);
      expect(sessions).toContain(left[0]?.['id']);
    } finally {
      tap.close();
    }
  });

  it('a person connects to themself and talks with themself', async () => {
    const ada = await stage.person('ada');
    await ada.rpc.call('contact.add', { id: ada.id, name: 'me' });
    await connect(ada, { ...ada, name: 'me' }, await host(ada));
    const sessions = await ada.rpc.call<Json[]>('session.list');
    expect(new Set(sessions.map(({ role }) => role))).toEqual(new Set(['guest', 'host']));
    const sent = await ada.rpc.call('message.send', { contact: 'me', text: 'note to self' });
    expect(await ada.rpc.received('note to self')).toMatchObject({ direction: 'in' });
    await ada.rpc.event('message.state', { id: sent['id'], state: 'delivered' });
    const { messages } = await ada.rpc.call<{ messages: Json[] }>('message.history', {
      contact: 'me',
    });
    expect(messages.map(({ direction }) => direction)).toEqual(['out', 'in']);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(2);
    const [newest] = messages.slice(-1);
    expect(
      await ada.rpc.call('message.history', { contact: 'me', before: newest?.['id'] }),
    ).toMatchObject({ messages: [{ direction: 'out' }], more: false });

    const guest = sessions.find(({ role }) => role === 'guest');
    await ada.rpc.call('session.close', { session: guest?.['id'] });
    expect(await ada.rpc.event('session.closed', { role: 'guest' })).toMatchObject({
      reason: 'exit',
    });
    expect(await ada.rpc.event('session.closed', { role: 'host' })).toMatchObject({
      reason: 'peer_exit',
    });
    expect(await ada.rpc.call('session.list')).toEqual([]);
    expect(ada.rpc.receivedTexts()).toEqual(['note to self']);
  });
});
