// `gravy gui` serves its page, and somebody makes an account on it, in Chromium.
import { hasBrowser, openPage, startBrowser } from '@gravy/gui-trials/browser';
import type { Installation } from './installation.ts';

const PASSWORD = 'correct horse battery staple';

/** @returns false if there is no browser to open it with */
export async function openGui(installation: Installation): Promise<boolean> {
  if (!hasBrowser) return false;
  const program = installation.start(
    ['npx', '@gravy/cli', 'gui', '--no-open', '--port', '0'],
    'carol',
  );
  const browser = await startBrowser();
  try {
    const link = await program.says(/http:\/\/127\.0\.0\.1:\d+\/#launch=\S+/u);
    const { page, troubles } = await openPage(browser);
    await page.goto(link);
    await page.getByLabel('Account name').fill('carol');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Repeat password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account', exact: true }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    if (troubles.length > 0) throw new Error(`The page has troubles:\n${troubles.join('\n')}`);
  } finally {
    await browser.close();
    await program.kill();
  }
  return true;
}
