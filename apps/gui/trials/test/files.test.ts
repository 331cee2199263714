// Files, search, export and backup, as people do them: dropped, pasted, looked for, saved.
import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser } from '../harness/browser.ts';
import { Peer } from '../harness/peer.ts';
import { Person } from '../harness/person.ts';

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe.runIf(hasBrowser)('files', () => {
  let browser: Browser;
  let ada: Person;
  let ben: Peer;

  beforeAll(async () => {
    browser = await startBrowser();
    [ada, ben] = await Promise.all([Person.here(browser, 'ada'), Peer.start('ben')]);
    const id = await ada.publicKey();
    await ada.addContact('Ben', ben.id);
    const url = await ada.startServer();
    await ben.gravy.call('contact.add', { name: 'ada', id });
    await ben.gravy.call('session.connect', { url, contact: 'ada' });
    await ada.openConversation('Ben');
  });
  afterAll(async () => {
    await Promise.all([ada.leave(), ben.leave()]);
    await browser.close();
  });

  /** Whatever size the log gets, it stays at its end. */
  const endStays = async (): Promise<void> => {
    for (const [width, height] of [
      [360, 740],
      [768, 1024],
      [1024, 768],
    ] as const) {
      await ada.page.setViewportSize({ width, height });
      await expect
        .poll(() => ada.log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop))
        .toBeLessThan(2);
    }
  };
  const card = (name: string) => ada.log.getByRole('article').filter({ hasText: name });

  test('are sent by dropping them, and nothing is left behind once they have arrived', async () => {
    const content = randomBytes(300_000);
    const offered = ben.first((event) =>
      event.method === 'file.offered' ? event.params.file : undefined,
    );
    await ada.page.evaluate(`(() => {
      const bytes = Uint8Array.from(atob(${JSON.stringify(content.toString('base64'))}), (c) => c.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'report <b>.pdf'));
      const place = document.querySelector('.conversation');
      for (const kind of ['dragover', 'drop']) {
        place.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    })()`);
    const completed = ben.first((event) =>
      event.method === 'file.completed' ? event.params.path : undefined,
    );
    await ben.gravy.call('file.accept', { id: (await offered).id });
    expect(await readFile(await completed)).toEqual(content);
    await card('report').getByText('sent', { exact: false }).first().waitFor();
    await expect.poll(() => readdir(join(ada.home, 'parcels'))).toEqual([]);
  });

  test('are sent by pasting them: a file, and a picture that was copied; text stays text', async () => {
    const offers: string[] = [];
    const both = ben.ofAll((event) => {
      if (event.method === 'file.offered') offers.push(event.params.file.name);
      return offers.length === 2;
    });
    const field = ada.page.getByLabel('Message', { exact: true });
    await field.focus();
    await ada.page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['pasted'], 'notes.txt', { type: 'text/plain' }));
      document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    })()`);
    await card('notes.txt').waitFor();
    // By the clipboard of the browser, as when a part of the screen was copied.
    await ada.page.evaluate(`(async () => {
      const bytes = Uint8Array.from(atob('${PNG.toString('base64')}'), (one) => one.charCodeAt(0));
      const picture = new Blob([bytes], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    })()`);
    await ada.page.keyboard.press('ControlOrMeta+v');
    await both;
    expect(offers[0]).toBe('notes.txt');
    expect(offers[1]).toMatch(/\.png$/u);
    expect(await field.inputValue()).toBe('');
    await ada.page.evaluate(`navigator.clipboard.writeText('only words')`);
    await ada.page.keyboard.press('ControlOrMeta+v');
    expect(await field.inputValue()).toBe('only words');
    await field.fill('');
    for (const one of await ben.gravy.call('file.list', {})) {
      if (one.state === 'offered') await ben.gravy.call('file.decline', { id: one.id });
    }
  });

  test('of a contact come without a question up to a size, once that is chosen', async () => {
    await ada.visit('Dashboard');
    const choose = async (choice: string): Promise<void> => {
      await ada.press('More: Ben');
      await ada.page.getByRole('menuitem', { name: 'Files without asking' }).click();
      await ada.page.getByLabel('Receive without asking').selectOption(choice);
      await ada.press('Save');
      await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await choose('files up to 1.0 MB each');
    await ada.openConversation('Ben');
    const [small, large] = [join(ada.home, 'small.bin'), join(ada.home, 'large.bin')];
    await writeFile(small, Buffer.alloc(1_000_000));
    await writeFile(large, Buffer.alloc(1_000_001));
    await ben.gravy.call('file.send', { contact: 'ada', path: small });
    await card('small.bin').getByText('received').waitFor();
    await ben.gravy.call('file.send', { contact: 'ada', path: large });
    await card('large.bin').getByText('offered to you').waitFor();
    await ada.visit('Dashboard');
    await choose('nothing, ask me each time');
    await ada.openConversation('Ben');
    await writeFile(small, 'again');
    await ben.gravy.call('file.send', { contact: 'ada', path: small });
    await card('small.bin').getByText('offered to you').waitFor();
    for (const name of ['large.bin', 'small.bin']) {
      await card(name).last().getByRole('button', { name: 'Decline' }).click();
    }
  });

  test('arrive when they are accepted; a picture is shown, and can be saved', async () => {
    const path = join(ada.home, 'red.png');
    await writeFile(path, PNG);
    await ben.gravy.call('file.send', { contact: 'ada', path });
    await card('red.png').getByRole('button', { name: 'Accept' }).click();
    await card('red.png').getByText('received').waitFor();
    const picture = ada.page.getByRole('img', { name: 'Picture red.png' });
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toMatch(/^blob:/u);
    const saving = ada.page.waitForEvent('download');
    await card('red.png').getByRole('button', { name: 'Save a copy' }).click();
    expect(await readFile(await (await saving).path())).toEqual(PNG);
  });

  test('that only look like pictures are not shown', async () => {
    const path = join(ada.home, 'evil.png');
    await writeFile(path, '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.pwned=1"/>');
    await ben.gravy.call('file.send', { contact: 'ada', path });
    await card('evil.png').getByRole('button', { name: 'Accept' }).click();
    await card('evil.png').getByRole('button', { name: 'Save a copy' }).waitFor();
    expect(await card('evil.png').locator('img').count()).toBe(0);
    expect(await ada.page.evaluate('typeof globalThis.pwned')).toBe('undefined');
  });

  test('can be declined', async () => {
    await ben.gravy.call('file.send', { contact: 'ada', path: join(ada.home, 'evil.png') });
    const offer = card('evil.png').last();
    await offer.getByRole('button', { name: 'Decline' }).click();
    await offer.getByText('declined').waitFor();
    await endStays();
  });

  test('words are found, and lead to where they were said', async () => {
    await ben.gravy.call('message.send', { contact: 'ada', text: 'The needle is here' });
    const straws = Array.from({ length: 300 }, (_, count) =>
      ben.gravy.call('message.send', { contact: 'ada', text: `Straw ${count}` }),
    );
    await Promise.all(straws);
    await ada.sees('Straw 299');
    await endStays();
    await ada.sees('Straw 299');
    await ada.page.reload();
    await ada.log.waitFor();
    await ada.press('Search');
    await ada.page.getByLabel('Words to look for').fill('needl');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'The needle is here' }).click();
    await ada.sees('The needle is here');
    await expect
      .poll(() => ada.page.evaluate<string>('document.activeElement?.textContent ?? ""'))
      .toContain('The needle is here');
  });

  test('a history is exported, and deleted', async () => {
    await ada.visit('Dashboard');
    await ada.press('More: Ben');
    await ada.page.getByRole('menuitem', { name: 'Export history' }).click();
    await ada.page.getByLabel('Plain text').check();
    const saving = ada.page.waitForEvent('download');
    await ada.press('Save file');
    expect(await readFile(await (await saving).path(), 'utf8')).toContain('The needle is here');
    await ada.press('Delete history');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete history' }).click();
    await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
    await ada.press('Open history');
    await ada.page.getByText('No messages yet').waitFor();
  });

  test('an account is backed up, and restored on another machine', async () => {
    const id = await ada.page.evaluate<string>(
      'document.querySelector(".account-id code").textContent',
    );
    await ada.press('Account ada');
    await ada.page.getByRole('menuitem', { name: 'Settings' }).click();
    await ada.page.getByLabel('Password of this account').fill('correct horse battery staple');
    await ada.page.getByLabel('Password for the backup', { exact: true }).fill('backup');
    await ada.page.getByLabel('Repeat password for the backup').fill('backup');
    const saving = ada.page.waitForEvent('download');
    await ada.press('Save backup');
    const backup = await (await saving).path();
    const other = await Person.newcomer(browser, 'other');
    try {
      await other.press('Restore a backup');
      await other.page.getByLabel('Backup file').setInputFiles(backup);
      await other.page.getByLabel('Password of the backup').fill('backup');
      await other.page.getByLabel('New password').fill('another');
      await other.press('Restore a backup');
      await other.page.getByRole('navigation').waitFor();
      expect(await other.page.locator('.account-id code').textContent()).toBe(id);
      await expect.poll(() => readdir(join(other.home, 'parcels'))).toEqual([]);
    } finally {
      await other.leave();
    }
  });
});
