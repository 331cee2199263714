// The package in a bundle: its size, and its speed in Chromium.
import { gzipSync } from 'node:zlib';
import chromium from '@sparticuz/chromium';
import { chromium as browsers } from 'playwright-core';
import type { Figure, Goal, Report } from '../report.ts';
import { spreadOf } from '../rounds.ts';
import { bundleOfExports, bundleOfPage } from './bundle.ts';
import type { SideTimes } from './page.ts';

const SIZE_GOAL: Goal = { atMost: 30 };
const TIME_GOAL: Goal = { atMost: 60 };
const PAGES = 5;

const WHOLE = `export * from '@gravy/protocol';`;
const CHAT = `export { openChannel, OwnKey, upgradePath, webSocketDuplex } from '@gravy/protocol';`;

const sizeFigure = (what: string, script: string, goal?: Goal): Figure => ({
  what,
  value: gzipSync(script, { level: 9 }).length / 1024,
  unit: 'KiB',
  ...(goal ? { goal } : {}),
});

/** The handshakes of one page in a browser of its own; this build of Chromium ends with its first page. */
async function timesInChromium(content: string): Promise<readonly SideTimes[]> {
  const started = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args,
    headless: true,
  });
  try {
    const page = await started.newPage();
    await page.addScriptTag({ content, type: 'module' });
    await page.waitForFunction('globalThis.measure');
    return await page.evaluate('globalThis.measure()');
  } finally {
    await started.close();
  }
}

function timeFigures(which: string, times: readonly SideTimes[]): readonly Figure[] {
  return (['client', 'server'] as const).map((side) => {
    const { low, median, high } = spreadOf(times.map((time) => time[side]));
    const what = `${which} handshake of a page, ${side}`;
    return { what, value: median, unit: 'ms', range: [low, high], goal: TIME_GOAL };
  });
}

export async function browser(): Promise<Report> {
  const content = await bundleOfPage();
  const pages: (readonly SideTimes[])[] = [];
  for (let count = 0; count < PAGES; count += 1) pages.push(await timesInChromium(content));
  return {
    name: 'browser',
    figures: [
      sizeFigure('whole package', await bundleOfExports(WHOLE, 'in the script')),
      sizeFigure('what a chat needs', await bundleOfExports(CHAT, 'in the script')),
      sizeFigure(
        'what a chat needs, licences in a file beside it',
        await bundleOfExports(CHAT, 'in a file beside it'),
        SIZE_GOAL,
      ),
      ...timeFigures(
        'first',
        pages.flatMap((times) => times.slice(0, 1)),
      ),
      ...timeFigures(
        'later',
        pages.flatMap((times) => times.slice(1)),
      ),
    ],
  };
}
