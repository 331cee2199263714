// What a hostile peer says, and what a hostile page in the same browser tries; in real Chromium.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeId, Identity } from '@gravy/identity';
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

/** What of a log is in the document: texts and names of files, and the elements that were made of them. */
const SEEN = `[...document.querySelectorAll('[role=log] .peer-text, [role=log] .file-name bdi')].map((text) => ({
  text: text.textContent,
  inside: [...text.querySelectorAll('*')].map((part) => ({
    tag: part.tagName,
    text: part.textContent,
    attributes: Object.fromEntries([...part.attributes].map(({ name, value }) => [name, value])),
  })),
}))`;
const A_SCREEN_ON = `new Promise((done) => {
  const log = document.querySelector('[role=log]');
  // From the top to the end again: a conversation may open above what is newest.
  if (log.scrollTop <= 0) log.scrollTop = log.scrollHeight;
  else log.scrollBy(0, -log.clientHeight / 2);
  requestAnimationFrame(() => setTimeout(done));
})`;
/** As many offers as may wait for an answer. */
const OFFERS_AT_ONCE = 100;

let browser: Browser;
let ada: Person;

beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await startBrowser();
  ada = await Person.here(browser, 'ada');
});
afterAll(async () => {
  await ada?.leave();
  await browser?.close();
});

describe.runIf(hasBrowser)('a hostile peer', () => {
  let mallory: Peer;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gravy-payloads-'));
    mallory = await Peer.start('mallory');
    await ada.addContact('Mallory', mallory.id);
    const url = await ada.startServer();
    await mallory.gravy.call('contact.add', { name: 'ada', id: await ownId(ada) });
    await mallory.gravy.call('session.connect', { url, contact: 'ada' });
  });
  afterAll(async () => {
    await mallory.leave();
    await rm(folder, { recursive: true });
  });

  /** Everything that is wanted of the open conversation, by scrolling through it. */
  const seenOf = async (
    wanted: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Part[]>> => {
    const seen = new Map<string, readonly Part[]>();
    // So high that much of it is there at once.
    await ada.page.setViewportSize({ width: 1024, height: 5000 });
    await ada.log.focus();
    // Further up it is there when it has been loaded, which takes as long as it takes.
    const deadline = performance.now() + 20_000;
    while (performance.now() < deadline) {
      const now = await ada.page.evaluate<{ text: string; inside: Part[] }[]>(SEEN);
      for (const { text, inside } of now) seen.set(text, inside);
      if (wanted.every((text) => seen.has(text))) break;
      await ada.page.evaluate(A_SCREEN_ON);
    }
    await ada.page.setViewportSize({ width: 1024, height: 768 });
    expect(wanted.filter((text) => !seen.has(text))).toEqual([]);
    return seen;
  };

  test('is only ever read, whatever it writes: 200 payloads as texts', async () => {
    expect(new Set(PAYLOADS).size).toBe(200);
    const last = PAYLOADS.at(-1) ?? '';
    const send = (text: string): Promise<unknown> =>
      mallory.gravy.call('message.send', { contact: 'ada', text });
    await Promise.all(PAYLOADS.map(send));
    await ada.openConversation('Mallory');
    // It opens where the new ones begin; the newest are below.
    await ada.press('To the newest message');
    await ada.log.getByText(last.slice(-40)).last().waitFor();
    const seen = await seenOf(PAYLOADS);
    for (const { tag, text, attributes } of [...seen.values()].flat()) {
      // Links are the one thing that is made of a text, and they are what they say.
      expect(tag).toBe('A');
      expect(text).toMatch(/^https?:\/\/[^\s<>"]+$/iu);
      const rest = { target: '_blank', rel: 'noopener noreferrer', dir: 'ltr' };
      expect(attributes).toEqual({ href: text, ...rest });
    }
    await nothingHappened(ada);
  });

  test('is only ever read, whatever its files are called: 200 payloads as names of files', async () => {
    const core = await ada.core();
    const names = PAYLOADS.map(asFileName);
    expect(new Set(names).size).toBe(200);
    for (let from = 0; from < names.length; from += OFFERS_AT_ONCE) {
      const now = names.slice(from, from + OFFERS_AT_ONCE);
      const offered = new Set<string>();
      const all = mallory.ofAll((event) => {
        if (event.method !== 'message.state' || event.params.state !== 'delivered') return false;
        offered.add(event.params.id);
        return offered.size === now.length;
      });
      await Promise.all(
        now.map(async (name) => {
          const path = join(folder, name);
          await writeFile(path, '');
          await mallory.gravy.call('file.send', { contact: 'ada', path });
        }),
      );
      await all;
      const { messages } = await core.call('message.history', { contact: 'Mallory', limit: 100 });
      const kept = messages.map(({ file }) => file?.name ?? '');
      // They are cleaned of what no file name may hold, and still are as many as they were.
      expect(kept).not.toContain('');
      expect(new Set(kept).size).toBe(OFFERS_AT_ONCE);
      await ada.visit('Dashboard');
      await ada.openConversation('Mallory');
      const seen = await seenOf(kept);
      expect(kept.flatMap((name) => seen.get(name) ?? [])).toEqual([]);
      await Promise.all(
        messages.map(({ file }) =>
          core.call('file.decline', { id: file?.id ?? '', contact: 'Mallory' }),
        ),
      );
    }
    await core.close();
    await nothingHappened(ada);
  });

  test('is only ever read, whatever it is called: 200 payloads as names', async () => {
    const core = await ada.core();
    const refused = PAYLOADS.filter((payload) => NO_NAME.test(payload));
    expect(refused.length).toBeGreaterThan(0);
    for (const name of refused) {
      await expect(core.call('contact.rename', { contact: mallory.id, name })).rejects.toThrow();
    }
    const names = PAYLOADS.map((payload, index) => asName(payload, index));
    await Promise.all(
      names.map(async (name) => {
        const identity = Identity.generate();
        await core.call('contact.add', { name, id: encodeId(identity.id) });
        identity.erase();
      }),
    );
    await core.call('contact.rename', { contact: mallory.id, name: `${PAYLOADS[0]} at work` });
    await core.close();
    for (const [view, where] of [
      ['Dashboard', '.row-title bdi'],
      ['Connect', '.main .entry-name bdi'],
      ['Server', '.sidebar .entry-name bdi'],
    ] as const) {
      await ada.visit(view);
      const shown = async (): Promise<readonly string[]> =>
        ada.page
          .locator(where)
          .evaluateAll((parts) =>
            parts.map((part) =>
              part.childElementCount === 0 ? part.textContent : 'more than text',
            ),
          );
      await expect.poll(shown, { timeout: 20_000 }).toEqual(expect.arrayContaining(names));
    }
    await ada.page.getByRole('listitem', { name: `${PAYLOADS[0]} at work` }).waitFor();
    await ada.openConversation(`${PAYLOADS[0]} at work`);
    await ada.page.getByRole('heading', { name: `${PAYLOADS[0]} at work` }).waitFor();
    await nothingHappened(ada);
  });
});

/** Names of several lines, or with signs that turn text around, do not become names at all. */
const NO_NAME = /[\n\u202e\u2028]/u;

/** What of a payload can be a name: 64 characters, each name once. */
function asName(payload: string, index: number): string {
  return `${index} ${payload.replaceAll(new RegExp(NO_NAME, 'gu'), '')}`.slice(0, 64).trim();
}

/** What of a payload a file can be called on this machine. */
function asFileName(payload: string, index: number): string {
  return `${payload.replaceAll('/', '\u2215').slice(0, 70)} ${index}.html`;
}

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
  let evil: Server;
  let origin: string;

  beforeAll(async () => {
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
