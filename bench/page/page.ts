// The page as built, from its own server, in Chromium, with a conversation of 100,000 messages.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { startGui } from '@gravy/gui';
import chromium from '@sparticuz/chromium';
import { chromium as browsers, type Page } from 'playwright-core';
import type { Figure, Goal, Report } from '../report.ts';
import { spreadOf } from '../rounds.ts';
import { CONTACT, makeConversation, PASSWORD } from './conversation.ts';

const MESSAGES = Number(process.env['GRAVY_BENCH_MESSAGES'] ?? '100000');
const ROUNDS = 7;
const SCROLL_MS = 5000;

/** Waits, in the page and by its frames, until something is to be seen; answers with the page's clock. */
const SEEN = `(selector) => new Promise((resolve) => {
  const look = () => document.querySelector(selector) ? resolve(performance.now()) : requestAnimationFrame(look);
  look();
})`;

/** Scrolls up by a third of a screen each frame, further into the past than what was loaded at first. */
const SCROLL = `(forMs) => new Promise((resolve) => {
  const log = document.querySelector('[role=log]');
  const frames = [];
  const start = performance.now();
  let last = start;
  const step = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    log.scrollBy(0, -log.clientHeight / 3);
    if (now - start < forMs) requestAnimationFrame(step);
    else resolve({ perSecond: (frames.length * 1000) / (now - start), frames });
  };
  requestAnimationFrame(step);
})`;

export async function page(): Promise<Report> {
  const home = mkdtempSync(join(tmpdir(), 'gravy-bench-'));
  try {
    await makeConversation(home, MESSAGES);
    return { name: 'page', figures: [sizeFigure(), ...(await inBrowser(home))] };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function sizeFigure(): Figure {
  const folder = fileURLToPath(new URL('page/assets/', import.meta.resolve('@gravy/gui')));
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const bytes = scripts.reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length,
    0,
  );
  return { what: 'script, gzip', value: bytes / 1024, unit: 'KiB', goal: { atMost: 150 } };
}

async function inBrowser(home: string): Promise<readonly Figure[]> {
  const gui = await startGui({ home });
  const browser = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    headless: true,
  });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await tab.goto(gui.createLaunchUrl());
    await tab.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await tab.getByRole('button', { name: 'Log in' }).click();
    await tab.getByRole('heading', { name: 'Dashboard' }).waitFor();
    const usable: number[] = [];
    const opened: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      usable.push(await reloadTime(tab));
      opened.push(await openTime(tab));
      await tab.getByRole('button', { name: 'Dashboard' }).click();
    }
    await openTime(tab);
    const scrolled = await tab.evaluate<{ perSecond: number; frames: number[] }>(
      `(${SCROLL})(${SCROLL_MS})`,
    );
    const slow = scrolled.frames.toSorted((one, other) => one - other);
    return [
      timesFigure('usable after navigation', usable, { atMost: 1000 }),
      timesFigure(`conversation of ${MESSAGES} messages opens`, opened, { atMost: 150 }),
      {
        what: 'scrolling through it',
        value: scrolled.perSecond,
        unit: 'frames a second',
        goal: { atLeast: 50 },
      },
      {
        what: 'slowest frame in twenty while scrolling',
        value: slow[Math.floor(slow.length * 0.95)] ?? Number.NaN,
        unit: 'ms',
      },
    ];
  } finally {
    await browser.close();
    await gui.close();
  }
}

/** From the start of loading the page anew until its controls are there. */
async function reloadTime(tab: Page): Promise<number> {
  await tab.reload({ waitUntil: 'commit' });
  return tab.evaluate<number>(`(${SEEN})('.whole-id')`);
}

/** From the press until messages are there. What was read before is forgotten with each reload. */
async function openTime(tab: Page): Promise<number> {
  return tab.evaluate<number>(`(async () => {
    const entry = [...document.querySelectorAll('.sidebar .entry')].find((one) => one.textContent.includes('${CONTACT}'));
    const start = performance.now();
    entry.click();
    return (await (${SEEN})('[role=log] article')) - start;
  })()`);
}

function timesFigure(what: string, times: readonly number[], goal: Goal): Figure {
  const { low, median, high } = spreadOf(times);
  return { what, value: median, unit: 'ms', range: [low, high], goal };
}
