// The way the original's users go, in real Chromium, with two programs and their pages.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser } from '../harness/browser.ts';
import { portOf, GuiProcess } from '../harness/gui-process.ts';
import { Person } from '../harness/person.ts';

describe.runIf(hasBrowser)('two people', () => {
  let browser: Browser;
  let ada: Person;
  let ben: Person;
  let url: string;

  beforeAll(async () => {
    browser = await startBrowser();
    [ada, ben] = await Promise.all([Person.start(browser, 'ada'), Person.start(browser, 'ben')]);
  });
  afterAll(async () => {
    await Promise.all([ada.leave(), ben.leave()]);
    await browser.close();
  });

  test('make accounts and exchange keys', async () => {
    await ada.createAccount();
    await ben.createAccount();
    const [adaId, benId] = [await ada.publicKey(), await ben.publicKey()];
    expect(adaId).toMatch(/^gravy1[02-9ac-hj-np-z]{50,}$/u);
    await ada.addContact('Ben', benId);
    await ben.addContact('Ada', adaId);
  });

  test('host and connect', async () => {
    url = await ada.startServer();
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/u);
    await ada.page.getByRole('heading', { name: 'Server Manager' }).waitFor();
    await ben.visit('Connect');
    await ben.page.getByLabel('URL or invite').fill(url);
    await ben.page.getByRole('main').getByRole('button', { name: 'Ada' }).click();
    await ben.press('Connect to server');
    await ben.button('Exit session').waitFor();
    await ada.page.getByRole('main').getByRole('listitem', { name: 'Ben' }).waitFor();
  });

  test('chat both ways, with time and state', async () => {
    await ada.openConversation('Ben');
    await ben.say('Did the server come up?');
    await ada.sees('Did the server come up?');
    await ada.say('Yes.\nIt did.');
    const answer = ben.log.getByRole('article').filter({ hasText: 'It did.' });
    await answer.waitFor();
    expect(await answer.locator('time').getAttribute('datetime')).toMatch(/^20\d\d-/u);
    // Each looks at the conversation, but only one window of a browser has the focus.
    await ada.log.getByTitle(/delivered|read/u).waitFor();
  });

  test('answer a message, and see what is answered', async () => {
    const question = ada.log.getByRole('article').filter({ hasText: 'Did the server' });
    await question.hover();
    await question.getByRole('button', { name: 'Reply' }).click();
    await ada.say('Ask me another one');
    const answer = ben.log.getByRole('article').filter({ hasText: 'Ask me another one' });
    await answer.getByText('Did the server come up?').waitFor();
  });

  test('keep what is half written, and where one was, when the page is reloaded in the middle', async () => {
    await ben.say('Before reloading');
    await ben.page.reload();
    await ben.sees('Before reloading');
    await ada.say('While you were away');
    await ben.sees('While you were away');
    await ada.page.getByLabel('Message', { exact: true }).fill('half a thought');
    await ada.visit('Dashboard');
    await ada.openConversation('Ben');
    expect(await ada.page.getByLabel('Message', { exact: true }).inputValue()).toBe(
      'half a thought',
    );
    await ada.page.getByLabel('Message', { exact: true }).fill('');
  });

  test('see the same in a second tab', async () => {
    const second = await ada.page.context().newPage();
    await second.goto(await ada.gui.newLink());
    await second.getByRole('navigation').getByRole('button', { name: 'Ben' }).click();
    await second.getByRole('log').getByText('Ask me another one').waitFor();
    await second.getByLabel('Message', { exact: true }).fill('From the second tab');
    await second.keyboard.press('Enter');
    await ada.sees('From the second tab');
    await ben.sees('From the second tab');
    // What waits to be sent is no secret between them either.
    await ben.press('Exit session');
    await second.getByText('offline: messages will be sent').waitFor();
    await second.getByLabel('Message', { exact: true }).fill('Seen in both tabs');
    await second.keyboard.press('Enter');
    await ada.sees('Seen in both tabs');
    await second.getByRole('article').filter({ hasText: 'Seen in both tabs' }).hover();
    await second.getByRole('button', { name: 'Take back' }).click();
    await ada.log
      .getByRole('article')
      .filter({ hasText: 'Seen in both tabs' })
      .getByTitle('taken back')
      .waitFor();
    await ben.press('Connect now');
    await ben.button('Exit session').waitFor();
    await second.close();
  });

  test('compare their safety number', async () => {
    await ada.press('not verified');
    await ben.press('not verified');
    const numberOf = async (person: Person): Promise<string[]> =>
      person.page
        .getByRole('list', { name: 'Safety number' })
        .getByRole('listitem')
        .allTextContents();
    await ada.page.getByRole('list', { name: 'Safety number' }).waitFor();
    await ben.page.getByRole('list', { name: 'Safety number' }).waitFor();
    const number = await numberOf(ada);
    expect(number).toHaveLength(12);
    expect(await numberOf(ben)).toEqual(number);
    await ada.press('They match');
    await ada.button('verified').waitFor();
    await ben.press('Close');
  });

  test('exit, and are kicked', async () => {
    await ben.press('Exit session');
    await ben.page.getByText('offline: messages will be sent when you are both online').waitFor();
    await ben.visit('Connect');
    await ben.page.getByLabel('URL or invite').fill(url);
    await ben.page.getByLabel('Contact', { exact: true }).fill('Ada');
    await ben.press('Connect to server');
    await ben.button('Exit session').waitFor();
    await ada.press('Kick');
    await ben.page.getByText('offline: messages will be sent when you are both online').waitFor();
    await ada.say('Are you angry?');
    await ada.log.getByText('waiting').waitFor();
  });

  test('find the history when the program was killed and started again', async () => {
    const link = await ben.gui.newLink();
    await ben.gui.kill('SIGKILL');
    await ben.page.getByText('The connection to Gravy on this machine is lost.').waitFor();
    ben.gui = GuiProcess.start(ben.home, portOf(link));
    await ben.page
      .getByText('Gravy was started again since this window was opened.', { exact: false })
      .waitFor();
    await ben.page.getByLabel('Launch link').fill(await ben.gui.link());
    await ben.press('Open');
    await ben.logIn();
    await ben.visit('Dashboard');
    await ben.page
      .getByRole('listitem', { name: 'Ada' })
      .getByRole('button', { name: 'Open history' })
      .click();
    await ben.sees('Did the server come up?');
    await ben.press('Connect now');
    await ben.sees('Are you angry?');
  });

  test('asked nothing of any other machine, and broke no rule of the page', () => {
    for (const { watched } of [ada, ben]) {
      for (const request of watched.requests) {
        expect(request).toMatch(/^(?:http|ws):\/\/127\.0\.0\.1:\d+\//u);
      }
      const own = watched.troubles.filter((trouble) => !/WebSocket|ERR_CONNECTION/u.test(trouble));
      expect(own).toEqual([]);
    }
  });
});
