// Hosting through a tunnel, begun and ended on the page: with a stand-in for cloudflared, and its edge on loopback.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createStandIn,
  type Edge,
  mapPublicNames,
  type StandIn,
  startEdge,
} from '@gravy/cloudflared-stand-in';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser } from '../harness/browser.ts';
import { Peer } from '../harness/peer.ts';
import { Person } from '../harness/person.ts';

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
const PUBLIC_NAME = 'chat.example.org';

describe.runIf(hasBrowser && process.platform !== 'win32')('a tunnel', () => {
  let edge: Edge;
  let standIn: StandIn;
  let undo: () => void;
  let browser: Browser;
  let ada: Person;
  let ben: Peer;
  let url: string;

  beforeAll(async () => {
    edge = await startEdge();
    standIn = await createStandIn(edge);
    undo = mapPublicNames(edge.port, [PUBLIC_NAME]);
    browser = await startBrowser();
    const tunnels = { cloudflared: standIn.path, limits: LIMITS };
    [ada, ben] = await Promise.all([Person.here(browser, 'ada', tunnels), Peer.start('ben')]);
    const id = await ada.publicKey();
    await ada.addContact('Ben', ben.id);
    await ben.gravy.call('contact.add', { name: 'ada', id });
    await ada.visit('Server');
    await ada.page.getByLabel('Port').fill('0');
  });
  afterAll(async () => {
    await Promise.all([ada.leave(), ben.leave()]);
    await browser.close();
    undo();
    await edge.close();
    await standIn.remove();
  });

  test('is started by choosing it, and its address and state are shown', async () => {
    await ada.page.getByLabel('Cloudflare quick tunnel').check();
    await ada.press('Start server');
    await ada.page.getByText('reachable through the tunnel').waitFor();
    await ada.press('Copy URL');
    url = await ada.copied();
    expect(url).toMatch(/^wss:\/\/[a-z0-9-]+\.trycloudflare\.com$/u);
  });

  test('leads a guest here, who is told from those who come directly', async () => {
    await ben.gravy.call('session.connect', { url, contact: 'ada' });
    const client = ada.page.getByRole('main').getByRole('listitem', { name: 'Ben' });
    await client.getByText('through the tunnel').waitFor();
    await client.getByText(edge.guestAddress).waitFor();
    await ben.gravy.call('message.send', { contact: 'ada', text: 'From afar' });
    await ada.openConversation('Ben');
    await ada.sees('From afar');
    await ada.page.getByText('connected through the tunnel').waitFor();
  });

  test('gives invites that hold its address', async () => {
    await ada.visit('Server');
    await ada.press('Create invite');
    await ada.press('Copy invite');
    const invite = await ada.copied();
    const carol = await Peer.start('carol');
    try {
      await carol.gravy.call('session.connect', { invite, name: 'ada' });
      const [session] = await carol.gravy.call('session.list', {});
      expect(session).toMatchObject({ role: 'guest' });
      await ada.page
        .getByRole('main')
        .getByText('Nobody is connected')
        .waitFor({ state: 'detached' });
      const [contact] = await carol.gravy.call('contact.list', {});
      expect(contact?.addresses).toContain(url);
    } finally {
      await carol.leave();
    }
  });

  test('that dies is started anew, and its new address is shown', async () => {
    const [pid] = await standIn.alivePids();
    process.kill(pid ?? 0, 'SIGKILL');
    await ada.page.locator('.url').getByText(url).waitFor({ state: 'detached' });
    await ada.page.getByText('reachable through the tunnel').waitFor();
    await ada.press('Copy URL');
    expect(await ada.copied()).toMatch(/^wss:\/\/[a-z0-9-]+\.trycloudflare\.com$/u);
  });

  test('is ended with the server, and leaves no process', async () => {
    await ada.press('Stop server');
    await ada.button('Start server').waitFor();
    expect(await standIn.alivePids()).toEqual([]);
  });

  test('of one’s own says what is missing, and then stands at its own name', async () => {
    await ada.page.getByLabel('Port').fill('0');
    await ada.page.getByLabel('Cloudflare named tunnel').check();
    await ada.press('Start server');
    await ada.page.getByRole('alert').getByText('token').waitFor();
    const tokenFile = join(ada.home, 'token');
    const token = Buffer.from(JSON.stringify({ a: 'account', t: 'tunnel', s: 'secret' }));
    await writeFile(tokenFile, token.toString('base64'), { mode: 0o600 });
    edge.addNamedTunnel(token.toString('base64'), PUBLIC_NAME);
    await ada.page.getByLabel('Token file').fill(tokenFile);
    await ada.page.getByLabel('Public URL').fill(`wss://${PUBLIC_NAME}`);
    await ada.press('Start server');
    await ada.page.getByText('reachable through the tunnel').waitFor();
    await ada.page.locator('.url').getByText(`wss://${PUBLIC_NAME}`).waitFor();
    await ben.gravy.call('session.connect', { url: `wss://${PUBLIC_NAME}`, contact: 'ada' });
    await ada.page.getByRole('main').getByRole('listitem', { name: 'Ben' }).waitFor();
  });

  test('ends with the program', async () => {
    await ada.gui.kill('SIGTERM');
    expect(await standIn.alivePids()).toEqual([]);
  });
});
