// Hosting: with and without guests, invites, requests, many contacts; through a tunnel.
import { createStandIn, mapPublicNames, startEdge } from '@gravy/cloudflared-stand-in';
import type { Browser } from 'playwright-core';
import { Peer } from '../../harness/peer.ts';
import { Person } from '../../harness/person.ts';
import type { Camera } from '../camera.ts';
import { addMany } from './people.ts';

export async function hostingScenes(browser: Browser, camera: Camera): Promise<void> {
  const edge = await startEdge();
  const standIn = await createStandIn(edge);
  const undo = mapPublicNames(edge.port, []);
  const [ada, ben, stranger] = await Promise.all([
    Person.here(browser, 'ada', { cloudflared: standIn.path, limits: { settleMs: 20 } }),
    Peer.start('ben'),
    Peer.start('stranger'),
  ]);
  const core = await ada.core();
  try {
    const { page } = ada;
    const { id } = await core.call('account.show', {});
    await core.call('contact.add', { name: 'Ben', id: ben.id });
    for (const peer of [ben, stranger]) await peer.gravy.call('contact.add', { name: 'ada', id });
    const hosted = await core.call('host.start', { port: 0, policy: 'ask' });
    await ada.visit('Server');
    await page.getByRole('heading', { name: 'Server Manager' }).waitFor();
    await camera.take(page, 'server-nobody');
    await addMany(core);
    await ben.gravy.call('session.connect', { url: hosted.url, contact: 'ada' });
    stranger.gravy
      .call('session.connect', { url: hosted.url, contact: 'ada' })
      .catch(() => undefined);
    await page.getByRole('heading', { name: 'Requests' }).waitFor();
    await ada.press('Accept');
    await page.getByText('Give a name.').waitFor();
    await page.getByLabel('For (name)').fill('Victor');
    await ada.press('Create invite');
    await page.getByText('Send this to one person').waitFor();
    await camera.take(page, 'server-busy');
    await ada.visit('Connect');
    await camera.take(page, 'connect-many');
    await ada.visit('Dashboard');
    await camera.take(page, 'dashboard-many');
    const row = page.getByRole('listitem', { name: 'Ben' });
    await row.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('list', { name: 'Safety number' }).waitFor();
    await camera.take(page, 'verify');
    await ada.press('They match');
    await row.getByRole('button', { name: 'Remove contact' }).click();
    await camera.take(page, 'remove-contact');
    await ada.press('Cancel');
    const long = page.getByRole('listitem', { name: 'Maximiliane' });
    for (const entry of [
      'Rename',
      'Replace key',
      'Files without asking',
      'Block',
      'Export history',
    ] as const) {
      await long.getByRole('button', { name: 'More' }).click();
      if (entry === 'Rename') await camera.take(page, 'contact-menu');
      await page.getByRole('menuitem', { name: entry }).click();
      await camera.take(page, `contact-${entry.toLowerCase().replaceAll(' ', '-')}`);
      await page.keyboard.press('Escape');
    }
    await core.call('host.stop', {});
    await ada.visit('Server');
    await page.getByLabel('Cloudflare quick tunnel').check();
    await page.getByText('More options').click();
    await page.getByLabel('Port').fill('0');
    await camera.take(page, 'server-stopped-invites');
    await ada.press('Start server');
    await page.getByText('reachable through the tunnel').waitFor();
    await page.getByRole('button', { name: 'Show QR code' }).first().click();
    await camera.take(page, 'server-tunnel');
  } finally {
    await core.close();
    await Promise.all([ada.leave(), ben.leave(), stranger.leave()]);
    undo();
    await edge.close();
    await standIn.remove();
  }
}
