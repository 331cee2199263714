// `npm run pictures`: makes the pictures of the README out of the programs as built. Ada has the terminal, Ben the page, and what is seen
// they have really said to each other.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGravy } from '@gravy/messenger';
import { startBrowser } from '../../apps/gui/trials/harness/browser.ts';
import { Person } from '../../apps/gui/trials/harness/person.ts';
import { startFullScreen } from './full-screen.ts';
import { terminalSvg } from './terminal-svg.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

const home = mkdtempSync(join(tmpdir(), 'gravy-pictures-'));
const ada = await openGravy({ home });
await ada.call('account.create', { name: 'Ada', password: 'a password' });
await ada.call('host.start', { port: 0 });
const { invite } = await ada.call('invite.create', { contactName: 'Ben' });

const browser = await startBrowser();
const ben = await Person.start(browser, 'Ben');
await ben.createAccount();
await ben.visit('Connect');
await ben.page.getByLabel('URL or invite').fill(invite);
await ben.press('Connect to server');
await ben.button('Exit session').waitFor();
await ada.call('contact.setVerified', { contact: 'Ben', verified: true });

// The terminal joins the account that this process has open.
const screen = startFullScreen({ home, columns: 90, rows: 24 });
await screen.shows('Press Enter to join it');
screen.press('\r');
await screen.shows('Public key of Ada');
screen.press('\u001b[B\u001b[B\u001b[B\r');
await screen.shows('No messages yet');
await ben.openConversation('Ada');

async function benSays(text: string): Promise<void> {
  await ben.say(text);
  await screen.shows(text.slice(0, 20));
}

async function adaSays(text: string): Promise<void> {
  screen.press(`${text}\r`);
  await ben.sees(text);
}

await benSays('Hello, Ada. Did the build go through?');
await adaSays('It did, an hour ago. Zürich has it already ✓');
await benSays('Good. Send me the list when you have it, I am here until six.');
await adaSays('Here it is.');
const list = join(home, 'shopping list.txt');
writeFileSync(list, 'Eggs\nFlour\nButter\n'.repeat(40));
await ada.call('file.send', { contact: 'Ben', path: list });
await ben.log.getByRole('button', { name: 'Accept' }).waitFor();
await screen.shows('shopping list.txt');
screen.press('I am off for today');
await screen.shows('I am off for today');
writeFileSync(join(HERE, 'terminal.svg'), terminalSvg(screen.terminal));

const size = { width: 960, height: 620 };
await ben.page.setViewportSize(size);
await ben.page.mouse.move(1, size.height - 1);
const session = await ben.page.context().newCDPSession(ben.page);
const { data } = await session.send('Page.captureScreenshot', {
  format: 'png',
  clip: { x: 0, y: 0, ...size, scale: 2 },
});
writeFileSync(join(HERE, 'page.png'), Buffer.from(data, 'base64'));

screen.end();
await ben.leave();
await browser.close();
await ada.close();
rmSync(home, { recursive: true });
