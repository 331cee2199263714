// One conversation in all its states.
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChaosProxy } from '@gravy/testing';
import type { Browser } from 'playwright-core';
import { Peer } from '../../harness/peer.ts';
import { Person } from '../../harness/person.ts';
import type { Camera } from '../camera.ts';
import { picture } from './picture.ts';
import { addMany } from './people.ts';

const SLOW = { toServer: { bytesPerSecond: 400_000 }, toClient: { bytesPerSecond: 400_000 } };
const BIG_BYTES = 200_000_000;

export async function conversationScenes(browser: Browser, camera: Camera): Promise<void> {
  const [ada, ben] = await Promise.all([Person.here(browser, 'ada'), Peer.start('ben')]);
  const core = await ada.core();
  const { page } = ada;
  const { id } = await core.call('account.show', {});
  const { url } = await ben.gravy.call('host.start', { port: 0 });
  const slow = await ChaosProxy.before({ port: Number(new URL(url).port) });
  slow.treat = () => SLOW;
  try {
    // Nobody listens there.
    await core.call('contact.add', { name: 'Ben', id: ben.id, url: 'ws://127.0.0.1:9' });
    await ben.gravy.call('contact.add', { name: 'ada', id });
    await ada.openConversation('Ben');
    await camera.take(page, 'conversation-empty');
    await addMany(core);
    await core.call('message.send', { contact: 'Ben', text: 'Written while you were away.' });
    await page.getByText('Written while you were away.').last().waitFor();
    await ada.press('Connect now');
    await page.getByRole('alert').waitFor();
    await camera.take(page, 'conversation-offline');

    await core.call('session.connect', { contact: 'Ben', url: `ws://127.0.0.1:${slow.port}` });
    const say = (text: string, replyTo?: string): Promise<unknown> =>
      ben.gravy.call('message.send', {
        contact: 'ada',
        text,
        ...(replyTo === undefined ? {} : { replyTo }),
      });
    await say('Did the tunnel come up?');
    const { id: answered } = await core.call('message.send', {
      contact: 'Ben',
      text: 'Yes. Sending the file now; the notes are at https://example.org/notes/2031/11/a-long-path-that-goes-on-and-on?and=so#it-does.',
    });
    await ben
      .first((event) =>
        event.method === 'message.received' && event.params.message.id === answered
          ? true
          : undefined,
      )
      .catch(() => undefined);
    await say(
      'A longer one.\nWith a second line, and then a sentence that is long enough to be wrapped at any width there is, so that one can see how it reads.',
      answered,
    );
    await say(`Averylongwordthatneverends${'ä'.repeat(90)}`);
    await say('وصل الملف، شكرا! (العنوان: example.org) 12 ms');
    await say('שלום עולם');
    await page.getByText('שלום עולם').last().waitFor();
    const folder = ada.home;
    writeFileSync(join(folder, 'Sunset over the bay.png'), picture(640, 400));
    await ben.gravy.call('file.send', {
      contact: 'ada',
      path: join(folder, 'Sunset over the bay.png'),
    });
    await ada.button('Accept').click();
    await page.getByRole('img', { name: /^Picture/u }).waitFor();
    writeFileSync(join(folder, `report${'-final'.repeat(14)}.pdf`), 'x'.repeat(4_200_000));
    await ben.gravy.call('file.send', {
      contact: 'ada',
      path: join(folder, `report${'-final'.repeat(14)}.pdf`),
    });
    await ada.button('Accept').waitFor();
    await camera.take(page, 'conversation-offer');
    await ada.button('Decline').click();
    writeFileSync(join(folder, 'holidays.mp4'), '');
    truncateSync(join(folder, 'holidays.mp4'), BIG_BYTES);
    const offered = ben.first((event) =>
      event.method === 'file.offered' ? event.params.file : undefined,
    );
    await core.call('file.send', { contact: 'Ben', path: join(folder, 'holidays.mp4') });
    await ben.gravy.call('file.accept', { id: (await offered).id });
    await page.getByText(/ left$/u).waitFor();
    await camera.take(page, 'conversation-progress');
    const last = page.getByRole('article').filter({ hasText: 'שלום עולם' }).last();
    await last.focus();
    await last.getByRole('button', { name: 'Reply' }).click();
    await page.getByLabel('Message', { exact: true }).fill('Two lines\nin the field');
    await camera.take(page, 'conversation-reply');
    await page.keyboard.press('Escape');
    await ada.button('Stop replying').click();
    await page.getByLabel('Message', { exact: true }).fill('');
    await ada.press('Search');
    await camera.take(page, 'search-empty');
    await page.getByLabel('Words to look for').fill('the');
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .getByText(/found|newest/u)
      .waitFor();
    await camera.take(page, 'search-found');
    await page.getByLabel('Words to look for').fill('nothinglikeit');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing found').waitFor();
    await camera.take(page, 'search-none');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More: Attach file' }).click();
    await page.getByRole('menuitem').first().click();
    await camera.take(page, 'send-folder');
    await page.keyboard.press('Escape');
    slow.treat = () => ({ isBlackHole: true });
    slow.cut();
    await page.getByText(/reconnecting/u).waitFor();
    await camera.take(page, 'conversation-reconnecting');
    await page.setViewportSize({ width: 360, height: 740 });
    await ada.press('Show all conversations');
    await camera.take(page, 'list-many');
    await page.setViewportSize({ width: 1024, height: 768 });
    await ada.openConversation('مريم الزهراني');
    await camera.take(page, 'conversation-rtl');
    await ada.openConversation('Mallory');
    await camera.take(page, 'conversation-blocked');
    await core.close();
    await ada.gui.kill('SIGTERM');
    await page.getByText('Gravy on this machine was ended.', { exact: false }).waitFor();
    await camera.take(page, 'gravy-ended');
  } finally {
    await Promise.all([ada.leave(), ben.leave()]);
    await slow.close();
  }
}
