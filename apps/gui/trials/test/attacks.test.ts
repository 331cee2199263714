// What a hostile peer says, and what a hostile page in the same browser tries; in real Chromium.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openGravy } from '@gravy/messenger';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openPage, startBrowser } from '../harness/browser.ts';
import { portOf } from '../harness/gui-process.ts';
import { PAYLOADS } from '../harness/payloads.ts';
import { Peer } from '../harness/peer.ts';
import { Person } from '../harness/person.ts';

interface Part {
  readonly tag: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What of a log is in the document: the texts, and the elements that were made of them. */
const SEEN = `[...document.querySelectorAll('[role=log] .peer-text')].map((text) => ({
  text: text.textContent,
  inside: [...text.querySelectorAll('*')].map((part) => ({
    tag: part.tagName,
    text: part.textContent,
    attributes: Object.fromEntries([...part.attributes].map(({ name, value }) => [name, value])),
  })),
}))`;

describe.runIf(hasBrowser)('a hostile peer', () => {
  let browser: Browser;
  let ada: Person;
  let mallory: Peer;

  beforeAll(async () => {
    browser = await startBrowser();
    [ada, mallory] = await Promise.all([Person.start(browser, 'ada'), Peer.start('mallory')]);
    await ada.createAccount();
  });
  afterAll(async () => {
    await Promise.all([ada.leave(), mallory.leave()]);
    await browser.close();
  });

  test('is only ever read, whatever it writes: 200 payloads as texts', async () => {
    expect(new Set(PAYLOADS).size).toBe(200);
    await ada.addContact('Mallory', mallory.id);
    const url = await ada.startServer();
    await mallory.gravy.call('contact.add', { name: 'ada', id: await ownId(ada) });
    await mallory.gravy.call('session.connect', { url, contact: 'ada' });
    const last = PAYLOADS.at(-1) ?? '';
    for (const text of PAYLOADS) await mallory.gravy.call('message.send', { contact: 'ada', text });
    await ada.openConversation('Mallory');
    // It opens where the new ones begin; the newest are below.
    await ada.press('To the newest message');
    await ada.log.getByText(last.slice(-40)).last().waitFor();

    const seen = new Map<string, readonly Part[]>();
    await ada.log.focus();
    for (let screens = 0; seen.size < PAYLOADS.length && screens < 200; screens += 1) {
      const now = await ada.page.evaluate<{ text: string; inside: Part[] }[]>(SEEN);
      for (const { text, inside } of now) seen.set(text, inside);
      await ada.page.evaluate(
        `(() => { const log = document.querySelector('[role=log]'); log.scrollBy(0, -log.clientHeight / 2); })()`,
      );
      await ada.page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => setTimeout(done)))',
      );
    }
    expect(PAYLOADS.filter((payload) => !seen.has(payload))).toEqual([]);
    for (const { tag, text, attributes } of [...seen.values()].flat()) {
      // Links are the one thing that is made of a text, and they are what they say.
      expect(tag).toBe('A');
      expect(text).toMatch(/^https?:\/\/[^\s<>"]+$/iu);
      const rest = { target: '_blank', rel: 'noopener noreferrer', dir: 'ltr' };
      expect(attributes).toEqual({ href: text, ...rest });
    }
    await nothingHappened(ada);
  });

  test('is only ever read, whatever it is called: payloads as names', async () => {
    const names = new Set(
      PAYLOADS.map((payload) => payload.slice(0, 64).trim()).filter(
        // Names of several lines, or with signs that turn text around, do not become names at all.
        (name) => !/[\n\u202e\u2028]/u.test(name),
      ),
    );
    expect(names.size).toBeGreaterThan(100);
    await ada.visit('Dashboard');
    const second = await openGravy({ home: ada.home });
    expect(await second.attach('ada')).toBe(true);
    for (const name of names) {
      await second.call('contact.rename', { contact: mallory.id, name });
      await ada.page.locator('.row-title bdi').getByText(name, { exact: true }).waitFor();
      await ada.page.locator('.sidebar bdi').getByText(name, { exact: true }).first().waitFor();
    }
    await second.close();
    await nothingHappened(ada);
  });
});

async function ownId(person: Person): Promise<string> {
  await person.visit('Dashboard');
  return person.publicKey();
}

async function nothingHappened({ page, watched }: Person): Promise<void> {
  expect(await page.evaluate('typeof globalThis.pwned')).toBe('undefined');
  expect(await page.locator('iframe, object, embed, base, style, body script').count()).toBe(0);
  const { origin } = new URL(page.url());
  const foreign = watched.requests.filter(
    (url) => !url.startsWith(origin) && !url.startsWith(origin.replace('http', 'ws')),
  );
  expect(foreign).toEqual([]);
  expect(watched.troubles).toEqual([]);
}

describe.runIf(hasBrowser)('another page in the same browser', () => {
  let browser: Browser;
  let ada: Person;
  let evil: Server;
  let origin: string;

  beforeAll(async () => {
    browser = await startBrowser();
    ada = await Person.start(browser, 'ada');
    await ada.page.getByRole('button', { name: 'Create account' }).waitFor();
    const target = new URL(ada.page.url()).origin;
    evil = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>evil</title>
        <iframe id=frame src="${target}/"></iframe>
        <form id=form method=post action="${target}/session/open" target=answer enctype="text/plain">
          <input name='{"code":"' value='"}'></form><iframe name=answer id=answer></iframe>`);
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    evil.close();
    await ada.leave();
    await browser.close();
  });

  test('cannot frame it, post to it, read it, load it, or open its socket', async () => {
    const { page } = await openPage(browser);
    const target = new URL(ada.page.url());
    const answers: number[] = [];
    page.on('response', (response) => {
      if (response.url().startsWith(target.origin)) answers.push(response.status());
    });
    await page.goto(origin);
    const framed = page.frames().find((frame) => frame.parentFrame() !== null);
    expect(await framed?.locator('#page').count()).toBe(0);
    const posted = page.waitForResponse((response) => response.url().endsWith('/session/open'));
    await page.evaluate(`document.getElementById('form').submit()`);
    expect((await posted).status()).toBe(403);

    const attempts = `(async () => {
      const target = ${JSON.stringify(target.origin)};
      const outcome = (work) => work.then((value) => value, (error) => 'failed: ' + error.name);
      const open = (url) => new Promise((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('failed');
      });
      const load = (tag, key) => new Promise((resolve) => {
        const part = document.createElement(tag);
        part.onload = () => resolve('loaded');
        part.onerror = () => resolve('failed');
        part[key] = target + '/';
        document.body.append(part);
      });
      return {
        read: await outcome(fetch(target + '/').then((response) => response.text())),
        post: await outcome(fetch(target + '/session/open', { method: 'POST', body: '{}' })),
        preflighted: await outcome(fetch(target + '/session/lock', { method: 'POST', headers: { Authorization: 'Bearer x' } })),
        blind: await outcome(fetch(target + '/session/open', { method: 'POST', mode: 'no-cors', body: '{}' }).then((response) => response.type)),
        socket: await open(target.replace('http', 'ws') + '/rpc'),
        script: await load('script', 'src'),
        image: await load('img', 'src'),
      };
    })()`;
    expect(await page.evaluate(attempts)).toEqual({
      read: 'failed: TypeError',
      post: 'failed: TypeError',
      preflighted: 'failed: TypeError',
      // Nothing can be read of such an answer; that it was 403 is seen below.
      blind: expect.stringMatching(/^(?:opaque|failed: TypeError)$/u),
      socket: 'failed',
      script: 'failed',
      image: 'failed',
    });
    expect(answers.filter((status) => status !== 403)).toEqual([]);
    expect(answers.length).toBeGreaterThan(0);
  });

  test('cannot reach it by another name', async () => {
    const { page } = await openPage(browser);
    const port = portOf(ada.page.url());
    const response = await page.goto(`http://localhost:${port}/`);
    expect(response?.status()).toBe(403);
    expect(await page.locator('#page').count()).toBe(0);
  });

  test('gets no window of it that it could speak to', async () => {
    const { page } = await openPage(browser);
    await page.goto(origin);
    const opened = page.context().waitForEvent('page');
    await page.evaluate(`globalThis.other = window.open(${JSON.stringify(ada.page.url())})`);
    const other = await opened;
    await other.getByRole('heading', { name: 'This window has no way in' }).waitFor();
    expect(await page.evaluate('globalThis.other.closed')).toBe(true);
    expect(await other.evaluate('window.opener')).toBe(null);
  });
});
