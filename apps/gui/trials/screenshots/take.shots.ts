// Every screen of the page at three widths, in light and dark, to be looked at: nothing here judges them.
//   GRAVY_SCREENSHOTS=FOLDER vitest run --config apps/gui/trials/screenshots/vitest.config.ts
// -t first, hosting or conversation takes a part of them; GRAVY_SCREEN=TEXT those whose names contain it.
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { startBrowser } from '../harness/browser.ts';
import { Camera } from './camera.ts';
import { conversationScenes } from './scenes/conversation.ts';
import { firstScenes } from './scenes/first.ts';
import { hostingScenes } from './scenes/hosting.ts';

let browser: Browser;
let camera: Camera;

beforeAll(async () => {
  const { GRAVY_SCREENSHOTS: folder, GRAVY_SCREEN: only } = process.env;
  if (folder === undefined) throw new Error('Say into which folder: GRAVY_SCREENSHOTS=FOLDER');
  browser = await startBrowser();
  camera = new Camera(browser, resolve(folder), only);
});
afterAll(() => browser?.close());

test('first', () => firstScenes(browser, camera));
test('hosting', () => hostingScenes(browser, camera));
test('conversation', () => conversationScenes(browser, camera));
