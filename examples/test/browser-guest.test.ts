import { existsSync } from 'node:fs';
import bundled from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ExampleProcess } from './example-process.ts';

// The browser that comes with the package is built for this platform only.
const hasBundled = process.platform === 'linux' && process.arch === 'x64';
const installed = ['/usr/bin/google-chrome', '/usr/bin/chromium'].find((path) => existsSync(path));
const hasBrowser = hasBundled || installed !== undefined;
if (!hasBrowser) process.stderr.write('Skipped: there is no Chromium on this machine.\n');

let browser: Browser | undefined;
beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await chromium.launch({
    executablePath: hasBundled ? await bundled.executablePath() : (installed ?? ''),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
});
afterAll(() => browser?.close());

test.runIf(hasBrowser)('a page and a terminal chat, and the link works once', async () => {
  const host = new ExampleProcess([process.execPath, 'examples/browser-guest/host.ts']);
  onTestFinished(() => void host.stop('SIGKILL'));
  const [link] = await host.says(/^http:.*$/mu);
  if (browser === undefined) throw new Error('There is no browser.');
  const guest = await browser.newPage();
  await guest.goto(link);
  await guest.getByText('Connected, end to end.').waitFor();
  expect(guest.url()).not.toContain('#');

  await guest.getByLabel('Message', { exact: true }).fill('Hello from a page');
  await guest.keyboard.press('Enter');
  await host.says(/^They: Hello from a page$/mu);
  host.type('<b>Hello</b> from a terminal');
  await guest.getByText('They: <b>Hello</b> from a terminal').waitFor();

  const second = await browser.newPage();
  await second.goto(link);
  await second.getByText('No connection.').waitFor();
  expect(await host.endInput()).toBe(0);
  await guest.getByText('The chat has ended.').waitFor();
});
