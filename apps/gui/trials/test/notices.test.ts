// What the page does by itself: it tells of messages when asked to, and locks when nobody is there.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser } from '../harness/browser.ts';
import { Peer } from '../harness/peer.ts';
import { Person } from '../harness/person.ts';

/** Keeps what the browser is asked to show. The notices are the browser's own all the same. */
const KEEP_NOTICES = `globalThis.notices = [];
globalThis.Notification = class extends Notification {
  constructor(title, options) { super(title, options); globalThis.notices.push(this); }
};`;

describe.runIf(hasBrowser)('by itself the page', () => {
  let browser: Browser;
  let ada: Person;
  let ben: Peer;

  beforeAll(async () => {
    browser = await startBrowser();
    [ada, ben] = await Promise.all([Person.here(browser, 'ada'), Peer.start('ben')]);
    const id = await ada.publicKey();
    await ada.addContact('Ben', ben.id);
    const url = await ada.startServer();
    await ben.gravy.call('contact.add', { name: 'ada', id });
    await ben.gravy.call('session.connect', { url, contact: 'ada' });
    await ada.page.getByRole('main').getByRole('listitem', { name: 'Ben' }).waitFor();
  });
  afterAll(async () => {
    await Promise.all([ada.leave(), ben.leave()]);
    await browser.close();
  });

  const settings = async (): Promise<void> => {
    await ada.press('Account ada');
    await ada.page.getByRole('menuitem', { name: 'Settings' }).click();
  };
  const titles = (): Promise<string[]> =>
    ada.page.evaluate<string[]>('globalThis.notices.map(({ title }) => title)');
  const say = (text: string): Promise<unknown> =>
    ben.gravy.call('message.send', { contact: 'ada', text });

  test('says that notices are not allowed, where they are not', async () => {
    await settings();
    await ada.page.getByLabel('Notifications').click();
    await ada.page.getByText('Your browser does not allow this page to notify you.').waitFor();
    expect(await ada.page.getByLabel('Notifications').isChecked()).toBe(false);
  });

  test('tells of messages and files once it is asked to, while nobody looks, and never what they say', async () => {
    const context = ada.page.context();
    await context.grantPermissions(['notifications', 'clipboard-read', 'clipboard-write']);
    await ada.page.evaluate(KEEP_NOTICES);
    await say('Before anybody asked for it');
    await ada.page.getByRole('navigation').getByText('Before anybody').waitFor();
    await ada.page.getByLabel('Notifications').click();
    await expect.poll(() => ada.page.getByLabel('Notifications').isChecked()).toBe(true);
    await say('While one looks');
    await ada.page.getByRole('navigation').getByText('While one looks').waitFor();
    expect(await titles()).toEqual([]);

    await look(ada.page, 'elsewhere');
    await say('A secret');
    await expect.poll(titles).toEqual(['New message from Ben']);
    await ben.gravy.call('file.send', { contact: 'ada', path: process.execPath });
    await expect.poll(titles).toEqual(['New message from Ben', 'Ben offers a file']);
    const shown = await ada.page.evaluate<string>(
      'JSON.stringify(globalThis.notices.map(({ title, body, tag, data }) => ({ title, body, tag, data })))',
    );
    expect(shown).not.toMatch(/secret|node/u);
    await look(ada.page, 'here');
    // A press on it leads to the conversation.
    await ada.page.evaluate(`globalThis.notices[0].dispatchEvent(new Event('click'))`);
    await ada.log.waitFor();
    await ada.sees('A secret');
  });

  test('tells nothing any more once that is taken back', async () => {
    await settings();
    await ada.page.getByLabel('Notifications').uncheck();
    await look(ada.page, 'elsewhere');
    await say('Nobody is told');
    await ada.page.getByRole('navigation').getByText('Nobody is told').waitFor();
    expect(await titles()).toHaveLength(2);
    await look(ada.page, 'here');
  });

  test('locks after a while in which nobody touched it, and no earlier; contacts notice nothing', async () => {
    await ada.page.clock.install();
    await ada.page.reload();
    await ada.page.getByLabel('Lock when idle for').selectOption('5 minutes');
    await ada.page.clock.fastForward('04:58');
    await ada.page.keyboard.press('Shift');
    await ada.page.clock.fastForward('04:58');
    expect(await ada.page.getByRole('navigation').count()).toBe(1);
    await ada.page.clock.fastForward('00:05');
    await ada.page.getByText('This page is locked. Type the password of ada to go on.').waitFor();
    expect(await ada.page.getByRole('navigation').count()).toBe(0);
    expect(await ada.page.content()).not.toContain('Ben');
    await say('While you were locked');
    // Loading it anew does not help either: it is the program that keeps it locked.
    await ada.page.reload();
    await ada.button('Log in').waitFor();
    await ada.logIn();
    await ada.page.getByRole('navigation').getByText('While you were locked').waitFor();
  });

  test('stays open while another window of it is used', async () => {
    const second = await ada.page.context().newPage();
    await second.goto(await ada.gui.newLink());
    await second.getByRole('navigation').waitFor();
    // The clock goes on by itself, too: what is left of the five minutes has to do for what is tried, on any machine.
    await ada.page.clock.fastForward('04:20');
    await ada.page.evaluate(
      `globalThis.heard = 0; addEventListener('storage', ({ key }) => { if (key === 'gravy-seen-at') globalThis.heard += 1; })`,
    );
    let at = 100;
    await expect
      .poll(
        async () => {
          at += 1;
          await second.mouse.move(at, at);
          return ada.page.evaluate('globalThis.heard');
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(1); // told again also while nobody pauses
    await ada.page.clock.fastForward('04:20');
    expect(await ada.page.getByRole('navigation').count()).toBe(1);
    await second.close();
  });
});

/** Another window has the focus. Playwright tells every page that it is the one, so that it is said by hand. */
async function look(page: Page, where: 'here' | 'elsewhere'): Promise<void> {
  await page.evaluate(`document.hasFocus = () => ${where === 'here'}`);
}
