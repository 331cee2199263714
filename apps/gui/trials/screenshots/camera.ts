import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
] as const;
const SCHEMES = ['light', 'dark'] as const;
/** No screen is longer; what is, is cut. */
const MAX_HEIGHT = 3000;

/** How high the window must be for all of the view to be seen. */
const WHOLE_HEIGHT = `(() => {
  const view = document.querySelector('.main:not(.main-conversation), .centred');
  return view === null ? 0 : innerHeight + view.scrollHeight - view.clientHeight;
})()`;

/** Takes screens as they are at every width, in light and dark, and lays the pictures of one side by side. */
export class Camera {
  readonly folder: string;
  readonly #browser: Browser;
  readonly #only: string;

  /** `only`: part of the names of the screens to take. */
  constructor(browser: Browser, folder: string, only = '') {
    this.#browser = browser;
    this.folder = folder;
    this.#only = only;
    mkdirSync(join(folder, 'sheets'), { recursive: true });
  }

  async take(page: Page, name: string): Promise<void> {
    if (!name.includes(this.#only)) return;
    const before = page.viewportSize();
    const pictures: { scheme: string; width: number; png: Buffer }[] = [];
    for (const { width, height } of SIZES) {
      for (const scheme of SCHEMES) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height });
        const whole = await page.evaluate<number>(WHOLE_HEIGHT);
        if (whole > height) {
          await page.setViewportSize({ width, height: Math.min(whole, MAX_HEIGHT) });
        }
        await page.evaluate(
          'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
        );
        const png = await page.screenshot();
        writeFileSync(join(this.folder, `${name}-${width}-${scheme}.png`), png);
        pictures.push({ scheme, width, png });
      }
    }
    if (before !== null) await page.setViewportSize(before);
    // The log keeps its place for a moment after it got another size.
    await page.waitForTimeout(1000);
    await this.#lay(name, pictures);
  }

  async #lay(
    name: string,
    pictures: readonly { scheme: string; width: number; png: Buffer }[],
  ): Promise<void> {
    const sheet = await this.#browser.newPage();
    for (const scheme of SCHEMES) {
      const images = pictures
        .filter((picture) => picture.scheme === scheme)
        .map(({ png }) => `<img src="data:image/png;base64,${png.toString('base64')}">`);
      await sheet.setContent(
        `<style>div{display:flex;align-items:start;gap:16px;padding:16px;width:max-content;background:#777}</style><div>${images.join('')}</div>`,
      );
      const path = join(this.folder, 'sheets', `${name}-${scheme}.png`);
      await sheet.locator('div').screenshot({ path });
    }
    await sheet.close();
    process.stdout.write(`${name}\n`);
  }
}
