// Whom a page lets in that is no contact yet: bearers of invites, and strangers who knock.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser } from '../harness/browser.ts';
import { Peer } from '../harness/peer.ts';
import { Person } from '../harness/person.ts';

describe.runIf(hasBrowser)('strangers', () => {
  let browser: Browser;
  let ada: Person;
  let ben: Peer;
  let carol: Peer;

  beforeAll(async () => {
    browser = await startBrowser();
    [ada, ben, carol] = await Promise.all([
      Person.here(browser, 'ada'),
      Peer.start('ben'),
      Peer.start('carol'),
    ]);
  });
  afterAll(async () => {
    await Promise.all([ada.leave(), ben.leave(), carol.leave()]);
    await browser.close();
  });

  test('come in by one string, which then is used', async () => {
    await ada.visit('Server');
    await ada.page.getByText('More options').click();
    await ada.page.getByLabel('Ask me when a stranger knocks').check();
    await ada.startServer();
    await ada.page.getByLabel('For (name)').fill('Ben');
    await ada.press('Create invite');
    await ada.press('Copy invite');
    const invite = await ada.page.evaluate<string>('navigator.clipboard.readText()');
    expect(invite).toMatch(/^gravyinvite1/u);
    await ada.page.getByRole('button', { name: 'Show QR code' }).last().click();
    await ada.page.getByRole('img', { name: 'QR code of the invite' }).waitFor();
    const { contact } = await ben.gravy.call('session.connect', { invite, name: 'ada' });
    await ada.page
      .getByRole('listitem', { name: 'Ben' })
      .getByRole('button', { name: 'Kick' })
      .waitFor();
    await ada.page.getByText('used', { exact: true }).waitFor();
    await ben.gravy.call('message.send', { contact, text: 'Thank you for the invite' });
    await ada.openConversation('Ben');
    await ada.sees('Thank you for the invite');
  });

  test('who knock are shown with their safety number, and let in or not', async () => {
    await ada.visit('Dashboard');
    const id = await ada.publicKey();
    await ada.visit('Server');
    await ada.press('Copy URL');
    const url = await ada.copied();
    await carol.gravy.call('contact.add', { name: 'ada', id });
    const connecting = carol.gravy.call('session.connect', { url, contact: 'ada' });
    await ada.page.getByRole('heading', { name: 'Requests' }).waitFor();
    await ada.page.getByText(carol.id, { exact: true }).waitFor();
    const shown = await ada.page
      .getByRole('list', { name: 'Safety number' })
      .getByRole('listitem')
      .allTextContents();
    const { number } = await carol.gravy.call('contact.safetyNumber', { contact: 'ada' });
    expect(shown.join(' ')).toBe(number);
    await ada.press('Accept');
    await ada.page.getByText('Give a name.').waitFor();
    await ada.page.getByLabel('Name', { exact: true }).fill('Carol');
    await ada.press('Accept');
    await connecting;
    await ada.page
      .getByRole('listitem', { name: 'Carol' })
      .getByRole('button', { name: 'Kick' })
      .waitFor();
  });

  test('are met by their invite', async () => {
    await ben.gravy.call('host.start', { port: 0 });
    const { invite } = await ben.gravy.call('invite.create', {});
    await ben.gravy.call('session.disconnect', { contact: 'ada' });
    await ada.visit('Dashboard');
    await ada.page
      .getByRole('listitem', { name: 'Ben' })
      .getByRole('button', { name: 'Remove contact' })
      .click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove contact' }).click();
    await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
    await ada.visit('Connect');
    await ada.page.getByLabel('URL or invite').fill(invite);
    await ada.page.getByLabel('Name for this contact').fill('Ben again');
    await ada.press('Connect to server');
    await ada.page.getByRole('heading', { name: 'Ben again' }).waitFor();
    await ada.button('Exit session').waitFor();
    // The same string once more is refused, and the reason stands where it was pasted.
    await ada.press('Exit session');
    await ada.visit('Connect');
    await ada.page.getByLabel('URL or invite').fill(`${invite}x`);
    await ada.press('Connect to server');
    await ada.page.getByRole('alert').waitFor();
  });
});
