// Every screen for axe, in light and dark; and all of it without a mouse.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasBrowser, openPage, startBrowser } from '../harness/browser.ts';
import { Peer } from '../harness/peer.ts';
import { Person } from '../harness/person.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** All that axe knows in one theme; in the other what colours can change. */
const RULES = {
  light: '{ resultTypes: ["violations"] }',
  dark: '{ resultTypes: ["violations"], runOnly: ["color-contrast", "link-in-text-block"] }',
} as const;

/** What axe finds wrong with the screen as it is, in both themes. */
async function violationsOf({ page }: { page: Page }): Promise<readonly string[]> {
  const found: string[] = [];
  // Evaluated by the debugger, which the page's own policy does not bind: it allows no such script.
  if (await page.evaluate<boolean>('globalThis.axe === undefined')) await page.evaluate(AXE);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await page.evaluate<Violation[]>(
      `axe.run(document, ${RULES[colorScheme]}).then(({ violations }) => violations)`,
    );
    found.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${colorScheme} ${id}: ${html} ${failureSummary}`),
      ),
    );
  }
  return found;
}

describe.runIf(hasBrowser)('the page', () => {
  let browser: Browser;
  let ada: Person;
  let ben: Peer;
  let stranger: Peer;

  beforeAll(async () => {
    browser = await startBrowser();
    [ada, ben, stranger] = await Promise.all([
      Person.newcomer(browser, 'ada'),
      Peer.start('ben'),
      Peer.start('stranger'),
    ]);
  });
  afterAll(async () => {
    await Promise.all([ada.leave(), ben.leave(), stranger.leave()]);
    await browser.close();
  });

  /** The control that has focus, by its accessible name. */
  const focused = async (): Promise<string> =>
    ada.page.evaluate<string>(`(() => {
      const { activeElement: part } = document;
      return part?.getAttribute('aria-label') ?? part?.labels?.[0]?.textContent ?? part?.textContent ?? '';
    })()`);
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 60; presses += 1) {
      await ada.page.keyboard.press('Tab');
      if ((await focused()) === name) return;
    }
    throw new Error(`Tab never came to ${name}.`);
  };

  test('begins without violations, and makes an account by keys alone', async () => {
    expect(await violationsOf(ada)).toEqual([]);
    await tabTo('Create account');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByText('Give the account a name.').waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    await ada.press('Restore a backup');
    expect(await violationsOf(ada)).toEqual([]);
    await ada.page.reload();
    for (const [field, text] of [
      ['Account name', 'ada'],
      ['Password', 'a b c'],
      ['Repeat password', 'a b c'],
    ] as const) {
      await tabTo(field);
      await ada.page.keyboard.type(text);
    }
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  });

  test('adds a contact, hosts and invites by keys alone', async () => {
    expect(await violationsOf(ada)).toEqual([]);
    await tabTo('Name');
    await ada.page.keyboard.type('Ben');
    await tabTo('Public key');
    await ada.page.keyboard.type(ben.id);
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('listitem', { name: 'Ben' }).waitFor();
    await tabTo('Server');
    await ada.page.keyboard.press('Enter');
    await tabTo('Port');
    await ada.page.keyboard.press('ControlOrMeta+a');
    await ada.page.keyboard.type('0');
    await ada.page.getByText('More options').focus();
    await ada.page.keyboard.press('Enter');
    expect(await violationsOf(ada)).toEqual([]);
    await ada.page.getByLabel('Ask me when a stranger knocks').focus();
    await ada.page.keyboard.press('Space');
    await ada.page.getByLabel('Cloudflare quick tunnel').focus();
    await ada.page.keyboard.press('Space');
    expect(await violationsOf(ada)).toEqual([]);
    await ada.page.keyboard.press('ArrowUp');
    await tabTo('Start server');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('heading', { name: 'Server Manager' }).waitFor();
    await tabTo('Create invite');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByText('Send this to one person').waitFor();
    expect(await violationsOf(ada)).toEqual([]);
  });

  test('shows requests and clients without violations', async () => {
    await ada.press('Copy URL');
    const url = await ada.copied();
    await ada.visit('Dashboard');
    const id = await ada.publicKey();
    for (const peer of [ben, stranger]) await peer.gravy.call('contact.add', { name: 'ada', id });
    await ben.gravy.call('session.connect', { url, contact: 'ada' });
    stranger.gravy.call('session.connect', { url, contact: 'ada' }).catch(() => undefined);
    await ada.visit('Server');
    await ada.page.getByRole('heading', { name: 'Requests' }).waitFor();
    await ada.page.getByRole('listitem', { name: 'Ben' }).waitFor();
    expect(await violationsOf(ada)).toEqual([]);
  });

  test('has dialogs and menus that open, hold focus, and give it back', async () => {
    await ada.visit('Dashboard');
    expect(await violationsOf(ada)).toEqual([]);
    await tabTo('Show QR code');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('dialog').waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('Show QR code');
    for (const name of ['Verify', 'Remove contact']) {
      await tabTo(name);
      await ada.page.keyboard.press('Enter');
      await ada.page.getByRole('dialog').waitFor();
      if (name === 'Verify') await ada.page.getByRole('list', { name: 'Safety number' }).waitFor();
      expect(await violationsOf(ada)).toEqual([]);
      await ada.page.keyboard.press('Escape');
      expect(await focused()).toBe(name);
    }
    await ada.page.getByRole('button', { name: 'More: Ben' }).focus();
    await ada.page.keyboard.press('Enter');
    expect(await focused()).toBe('Export history');
    expect(await violationsOf(ada)).toEqual([]);
    for (const [presses, name] of [
      [2, 'Replace key'],
      [3, 'Files without asking'],
    ] as const) {
      for (let press = 0; press < presses; press += 1) await ada.page.keyboard.press('ArrowDown');
      expect(await focused()).toBe(name);
      await ada.page.keyboard.press('Enter');
      await ada.page.getByRole('dialog').waitFor();
      expect(await violationsOf(ada)).toEqual([]);
      await ada.page.keyboard.press('Escape');
      await ada.page.getByRole('button', { name: 'More: Ben' }).focus();
      await ada.page.keyboard.press('Enter');
    }
    await ada.page.keyboard.press('Escape');
    expect(await focused()).toBe('More: Ben');
  });

  test('is written in, walked through and answered by keys alone', async () => {
    await tabTo('Open history');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByText('No messages yet').waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    await ada.page.keyboard.type('First');
    await ada.page.keyboard.press('Shift+Enter');
    await ada.page.keyboard.type('second line');
    await ada.page.keyboard.press('Enter');
    await ada.page.keyboard.type('Another, with https://example.org/ in it');
    await ada.page.keyboard.press('Enter');
    await ada.sees('https://example.org/');
    await ben.gravy.call('message.send', { contact: 'ada', text: 'An answer' });
    await ada.sees('An answer');
    await ada.page.getByRole('status').getByText('Ben: An answer').waitFor();
    await ada.log.focus();
    await ada.page.keyboard.press('ArrowUp');
    await ada.page.keyboard.press('ArrowUp');
    await ada.page.keyboard.press('ArrowUp');
    expect(await focused()).toContain('second line');
    expect(await violationsOf(ada)).toEqual([]);
    await tabTo('Reply');
    await ada.page.keyboard.press('Enter');
    expect(await focused()).toBe('Message');
    await ada.page.keyboard.type('An answer to myself');
    await ada.page.keyboard.press('Enter');
    await ada.log
      .getByRole('article')
      .filter({ hasText: 'An answer to myself' })
      .getByRole('blockquote')
      .waitFor();
    expect(await violationsOf(ada)).toEqual([]);
  });

  test('has no violations with files and a search', async () => {
    const path = fileURLToPath(import.meta.url);
    await ben.gravy.call('file.send', { contact: 'ada', path });
    await ada.button('Accept').waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    await ada.press('Accept');
    await ada.button('Save a copy').waitFor();
    await ada.press('Search');
    await ada.page.getByLabel('Words to look for').fill('second');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByText('1 found').waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    await ada.page.keyboard.press('Escape');
  });

  test('has no violations where it lets nobody in', async () => {
    const other = await openPage(browser);
    onTestFinished(() => other.page.context().close());
    await other.page.goto(new URL('/', ada.page.url()).href);
    await other.page.getByRole('heading', { name: 'This window has no way in' }).waitFor();
    expect(await violationsOf(other)).toEqual([]);
    await other.page.getByLabel('Launch link').fill('no link');
    await other.page.getByRole('button', { name: 'Open' }).click();
    await other.page.getByRole('alert').waitFor();
    expect(await violationsOf(other)).toEqual([]);
  });

  test('has no violations when connecting, in the settings with another password, locked, on a narrow screen, and lost', async () => {
    await ada.visit('Connect');
    await ada.press('Connect to server');
    await ada.page.getByRole('alert').waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    const account = async (entry: string): Promise<void> => {
      await ada.press('Account ada');
      await ada.page.getByRole('menuitem', { name: entry, exact: true }).click();
    };
    await account('Settings');
    await ada.press('Check this machine');
    await ada.page.getByText('fine', { exact: true }).first().waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    const password = async (label: string, text: string): Promise<void> =>
      ada.page.getByLabel(label, { exact: true }).fill(text);
    await password('Current password', 'a b c');
    await password('New password', 'd e f');
    await password('Repeat new password', 'd e');
    await ada.press('Change password');
    await ada.page.getByText('The two passwords are not the same.').waitFor();
    await password('Repeat new password', 'd e f');
    await ada.press('Change password');
    await ada.page.getByText('The password is changed.').waitFor();
    expect(await ada.page.getByLabel('Current password').inputValue()).toBe('');
    await ada.page.setViewportSize({ width: 360, height: 640 });
    expect(await ada.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await ada.press('Show all conversations');
    expect(await violationsOf(ada)).toEqual([]);
    await account('Lock');
    await ada.button('Log in').waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    await password('Password', 'a b c');
    await ada.press('Log in');
    await ada.page.getByRole('alert').waitFor();
    await password('Password', 'd e f');
    await ada.press('Log in');
    await ada.page.getByRole('navigation').waitFor();
    await ada.gui.kill('SIGTERM');
    await ada.page.getByText('Gravy on this machine was ended.', { exact: false }).waitFor();
    expect(await violationsOf(ada)).toEqual([]);
    await ada.page.reload().catch(() => undefined);
  });
});
