// A host behind a tunnel: a stand-in for cloudflared that really leads guests here, and its edge, on loopback.
import {
  createStandIn,
  type Edge,
  mapPublicNames,
  type StandIn,
  startEdge,
} from '@gravy/cloudflared-stand-in';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquaint, type Person, Stage } from './chat-people.js';

/** Short, but for what must not run out on a busy machine. */
const LIMITS = {
  settleMs: 20,
  metricsTimeoutMs: 100,
  probeTimeoutMs: 2_000,
  pollMs: 20,
  deadAfterMs: 300,
  restartDelayMs: 20,
  longestRestartDelayMs: 100,
};

describe('a host behind a tunnel', { timeout: 30_000 }, () => {
  let stage: Stage;
  let edge: Edge;
  let standIn: StandIn;
  let undo: () => void;
  let ada: Person;
  let ben: Person;

  beforeEach(async () => {
    edge = await startEdge();
    standIn = await createStandIn(edge);
    undo = mapPublicNames(edge.port, ['chat.example.org']);
    stage = new Stage({ cloudflared: standIn.path, limits: LIMITS });
    [ada, ben] = await Promise.all([stage.quickPerson('ada'), stage.quickPerson('ben')]);
    await acquaint(ada, ben);
  });
  afterEach(async () => {
    await stage.end();
    undo();
    await edge.close();
    await standIn.remove();
  });

  const hostQuick = (person: Person): Promise<{ url: string; urls: string[]; localUrl: string }> =>
    person.program.call('host.start', { port: 0, tunnel: 'quick' });

  it('is reached by its public URL, and tells from where its guests come', async () => {
    const hosted = await hostQuick(ada);
    expect(hosted.url).toMatch(/^wss:\/\/[a-z0-9-]+\.trycloudflare\.com$/u);
    expect(hosted.urls).toEqual([hosted.url, hosted.localUrl]);
    const told = ada.program.eventsOf('host.changed').map(({ state }) => state);
    expect(told).toEqual(['starting', 'registered', 'reachable', 'reachable']);
    expect(ada.program.eventsOf('host.changed').at(-1)).toEqual({
      running: true,
      url: hosted.url,
      state: 'reachable',
    });

    await ben.program.call('session.connect', { url: hosted.url, contact: 'ada' });
    expect(await ada.program.call('session.list', {})).toMatchObject([
      { contact: ben.id, role: 'host', remote: edge.guestAddress, tunnel: true },
    ]);
    const { id } = await ben.program.call('message.send', { contact: 'ada', text: 'from afar' });
    await ada.program.received('from afar');
    await ben.program.delivered(id);
    // Who came from afar hears of the public address alone.
    await ben.program.event('contact.changed');
    const [contact] = await ben.program.call('contact.list', {});
    expect(contact?.addresses).toEqual([hosted.url]);
  });

  it('lets guests of its own network in beside the tunnel, who come from where they come from', async () => {
    const { localUrl } = await hostQuick(ada);
    await ben.program.call('session.connect', { url: localUrl, contact: 'ada' });
    expect(await ada.program.call('session.list', {})).toMatchObject([
      { remote: '127.0.0.1', tunnel: false },
    ]);
  });

  it('leaves nothing running when hosting stops, when it fails, and when it is called off', async () => {
    await hostQuick(ada);
    await ada.program.call('host.stop', {});
    expect(await standIn.alivePids()).toEqual([]);
    expect(await ada.program.call('host.status', {})).toEqual({ running: false, sessions: 0 });

    edge.api = 'no-tunnel';
    await expect(hostQuick(ada)).rejects.toMatchObject({ code: 'tunnel_unavailable' });
    expect(await ada.program.call('host.status', {})).toEqual({ running: false, sessions: 0 });

    edge.api = 'hangs';
    const before = ada.program.events.length;
    const called = hostQuick(ada).catch((error: unknown) => error);
    const isStarting = (): boolean =>
      ada.program.events
        .slice(before)
        .some(({ method, params }) => method === 'host.changed' && params.state === 'starting');
    while (!isStarting()) await ada.program.nextEvent();
    await ada.program.call('host.stop', {});
    expect(await called).toMatchObject({ code: 'connection_closed' });
    expect(await standIn.alivePids()).toEqual([]);
  });

  it('ends the sessions of guests who came in before the tunnel stood, when it is called off', async () => {
    const { localUrl } = await ada.program.call('host.start', { port: 0 });
    await ada.program.call('host.stop', {});
    edge.api = 'hangs';
    const port = Number(new URL(localUrl).port);
    const called = ada.program
      .call('host.start', { port, tunnel: 'quick' })
      .catch((error: unknown) => error);
    await ada.program.event('host.changed', ({ state }) => state === 'starting');
    await ben.program.call('session.connect', { url: localUrl, contact: 'ada' });
    await ada.program.event('session.opened');
    await ada.program.call('host.stop', {});
    expect(await called).toMatchObject({ code: 'connection_closed' });
    expect(await ada.program.call('host.status', {})).toEqual({ running: false, sessions: 0 });
    expect(await ben.program.event('session.closed')).toMatchObject({ reason: 'shutdown' });
  });

  it('says what is missing', async () => {
    const bare = await stage.program('bare', { cloudflared: '/nonexistent/cloudflared' });
    await bare.call('account.create', { name: 'bare', password: 'x' });
    const hosted = bare.call('host.start', { port: 0, tunnel: 'quick' });
    await expect(hosted).rejects.toMatchObject({ code: 'cloudflared_missing' });
    expect(await bare.call('tunnel.status', {})).toMatchObject({ found: false });
    const named = ada.program.call('host.start', { port: 0, tunnel: 'named' });
    await expect(named).rejects.toMatchObject({ code: 'tunnel_unavailable' });
    expect(await ada.program.call('tunnel.status', {})).toEqual({
      found: true,
      path: standIn.path,
      version: expect.any(String),
    });
  });

  it('gets a new URL when the old one is dead; a contact who also hosts learns it, and what waited arrives', async () => {
    const { url } = await hostQuick(ada);
    const bensHost = await hostQuick(ben);
    // Each comes to the other from afar, so each knows the public address alone.
    await ben.program.call('session.connect', { url, contact: 'ada' });
    const { session } = await ada.program.call('session.connect', {
      url: bensHost.url,
      contact: 'ben',
    });
    await ada.program.call('session.close', { session });
    edge.forget(url);
    await ben.program.event('session.closed', ({ reason }) => reason === 'lost');
    const waiting = await ben.program.call('message.send', {
      contact: 'ada',
      text: 'still there?',
    });

    const moved = await ada.program.event(
      'host.changed',
      (changed) => changed.state === 'reachable' && changed.running && changed.url !== url,
    );
    await ben.program.delivered(waiting.id);
    const roles = (await ada.program.call('session.list', {})).map(({ role }) => role);
    expect(roles).toEqual(['guest']); // Ada dialled: Ben could not know where she was
    const known = async (): Promise<string | undefined> =>
      (await ben.program.call('contact.list', {}))[0]?.addresses[0];
    while ((await known()) !== moved.url) await ben.program.nextEvent();
    expect(ada.program.eventsOf('contact.stranded')).toEqual([]);
  });

  it('tells the person what to send to contacts who cannot learn the new URL by themselves', async () => {
    const { url } = await hostQuick(ada);
    await ben.program.call('session.connect', { url, contact: 'ada' });
    edge.forget(url);
    const stranded = await ada.program.event('contact.stranded');
    expect(stranded).toEqual({
      contact: ben.id,
      url: expect.stringMatching(/^wss:/u),
      line: `gravy connect ${stranded.url} ${ada.id}`,
    });
    expect(stranded.url).not.toBe(url);
    // The other screen says why nobody answers where Ada was.
    const retrying = await ben.program.event('session.retrying', ({ code }) => code !== undefined);
    expect(retrying).toMatchObject({ contact: ada.id, message: expect.any(String) });
    await ben.program.call('session.connect', { url: stranded.url, contact: 'ada' });
    await ada.program.event('session.opened');
  });
});
