// The package in a bundle, in a real browser, with a peer in this process.
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { build } from 'esbuild';
import { chromium as browsers, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLOSED_BY_US, SEEN_BY_PEER, startPeer, TALKED, type Peer } from './peer.ts';

// The browser that comes with the package is built for this platform only.
const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
if (!hasBrowser) process.stderr.write('Skipped: there is no Chromium for this platform.\n');

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../scenario/${name}`, import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

let peer: Peer;
let browser: Browser | undefined;
let page: Page;

beforeAll(async () => {
  if (!hasBrowser) return;
  peer = await startPeer();
  browser = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args,
    headless: true,
  });
  page = await browser.newPage();
  await page.goto(peer.page);
  await page.addScriptTag({ content: await bundle('page.ts'), type: 'module' });
  await page.waitForFunction('globalThis.talkOver');
});

afterAll(async () => {
  if (!hasBrowser) return;
  peer.close();
  await browser?.close();
});

test.runIf(hasBrowser)('a page talks with itself, and with a peer in Node', async () => {
  const outcome = await page.evaluate(`globalThis.talkOver(${JSON.stringify(peer.url)})`);
  expect(outcome).toEqual(TALKED);
  expect(await Promise.all(peer.ends)).toEqual(SEEN_BY_PEER);
});

test.runIf(hasBrowser)('a page talks with a peer in its worker', async () => {
  const script = await bundle('web-worker.ts');
  const outcome = await page.evaluate(`globalThis.talkToWorker(${JSON.stringify(script)})`);
  expect(outcome).toEqual([CLOSED_BY_US, 3]);
});

test.runIf(hasBrowser)('neither bundle has anything of Node in it', async () => {
  for (const name of ['page.ts', 'web-worker.ts']) {
    const script = await bundle(name);
    expect(script.length).toBeGreaterThan(10_000);
    expect(script).not.toMatch(/from ?["']node:|require\(/u);
  }
});
