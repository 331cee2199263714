// What somebody sees who has just begun.
import type { Browser } from 'playwright-core';
import { Person } from '../../harness/person.ts';
import type { Camera } from '../camera.ts';

export async function firstScenes(browser: Browser, camera: Camera): Promise<void> {
  const ada = await Person.start(browser, 'ada');
  try {
    const { page } = ada;
    await ada.button('Create account').waitFor();
    await camera.take(page, 'start-create');
    await page.getByLabel('Password', { exact: true }).fill('one');
    await ada.press('Create account');
    await camera.take(page, 'start-create-errors');
    await ada.press('Restore a backup');
    await ada.press('Restore a backup');
    await camera.take(page, 'start-restore');
    await ada.press('Back');
    await ada.createAccount();
    await camera.take(page, 'empty-dashboard');
    await page.getByLabel('Name', { exact: true }).fill('Ben');
    await page.getByLabel('Public key', { exact: true }).fill('gravy1nonsense');
    await ada.press('Add contact');
    await page.getByRole('alert').waitFor();
    await camera.take(page, 'empty-dashboard-error');
    await ada.press('Show QR code');
    await camera.take(page, 'own-key-qr');
    await ada.press('Close');
    await ada.visit('Server');
    await camera.take(page, 'empty-server');
    await page.getByText('More options').click();
    await page.getByLabel('Cloudflare named tunnel').check();
    await camera.take(page, 'server-options');
    await ada.visit('Connect');
    await ada.press('Connect to server');
    await camera.take(page, 'empty-connect');
    await ada.press('Account ada');
    await camera.take(page, 'account-menu');
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await ada.press('Check this machine');
    await page.getByText('fine', { exact: true }).first().waitFor();
    await camera.take(page, 'settings');
    await page.setViewportSize({ width: 360, height: 740 });
    await ada.press('Show all conversations');
    await camera.take(page, 'empty-list');
    await ada.press('Account ada');
    await page.getByRole('menuitem', { name: 'Lock' }).click();
    await ada.button('Log in').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await ada.press('Log in');
    await page.getByRole('alert').waitFor();
    await camera.take(page, 'locked-wrong-password');
    await page.evaluate('sessionStorage.clear()');
    await page.reload();
    await page.getByRole('heading', { name: 'This window has no way in' }).waitFor();
    await camera.take(page, 'no-way-in');
  } finally {
    await ada.leave();
  }
}
