import { existsSync } from 'node:fs';
import bundled from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

// The browser that comes with the package is built for this platform only.
const hasBundled = process.platform === 'linux' && process.arch === 'x64';
const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((path) => existsSync(path));

export const hasBrowser = hasBundled || INSTALLED !== undefined;
if (!hasBrowser) process.stderr.write('Skipped: there is no Chromium on this machine.\n');

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: hasBundled ? await bundled.executablePath() : (INSTALLED ?? ''),
    // Not the package's own arguments: they put every page into one process, and end with the first.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
    headless: true,
  });
}

/** A page with nothing of another one, whose requests and errors are kept. */
export interface WatchedPage {
  readonly page: Page;
  /** Every URL that was asked for. */
  readonly requests: readonly string[];
  /** What the console and uncaught errors said, violations of the policy among them. */
  readonly troubles: readonly string[];
}

export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1024, height: 768 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return watch(page);
}

function watch(page: Page): WatchedPage {
  const requests: string[] = [];
  const troubles: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  return { page, requests, troubles };
}
