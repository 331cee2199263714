// node shots.ts: pictures of every screen, for eyes.
import { mkdirSync } from 'node:fs';
import { startBrowser } from './harness/browser.ts';
import { Person } from './harness/person.ts';

const OUT = '/tmp/shots';
mkdirSync(OUT, { recursive: true });
const browser = await startBrowser();
const [ada, ben] = await Promise.all([Person.start(browser, 'ada'), Person.start(browser, 'ben')]);
const SIZES = [[360, 740], [768, 1024], [1440, 900]] as const;
async function shot(person: Person, name: string): Promise<void> {
  for (const [width, height] of SIZES) for (const scheme of ['light', 'dark'] as const) {
    await person.page.setViewportSize({ width, height });
    await person.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await person.page.waitForTimeout(150);
    await person.page.screenshot({ path: `${OUT}/${name}-${width}-${scheme}.png` });
  }
  await person.page.setViewportSize({ width: 1024, height: 768 });
}
await shot(ada, 'start');
await ada.createAccount();
await ben.createAccount();
await shot(ben, 'dashboard-empty');
const [adaId, benId] = [await ada.publicKey(), await ben.publicKey()];
await ada.addContact('Ben Okafor', benId);
await ada.addContact('Carol', 'gravy1' + 'x'.repeat(3)).catch(() => undefined);
await ben.addContact('Ada Lovelace', adaId);
await ada.visit('Server');
await shot(ada, 'server-off');
const url = await ada.startServer();
await ada.press('Create invite');
await ada.page.getByText('Send this to one person').waitFor();
await ben.visit('Connect');
await ben.page.getByLabel('URL or invite').fill(url);
await ben.page.getByRole('main').getByRole('button', { name: 'Ada' }).click();
await shot(ben, 'connect');
await ben.press('Connect to server');
await ben.button('Exit session').waitFor();
await shot(ada, 'server-on');
await ada.openConversation('Ben Okafor');
await shot(ada, 'conversation-empty');
const talk: [Person, string][] = [
  [ben, 'Did the tunnel come up?'],
  [ada, 'Yes. Sending you the link to the notes: https://example.org/notes/2026/11?draft=yes#part-2.'],
  [ben, 'Thank you! מה שלומך היום? That was right to left.'],
  [ben, 'And one more, a long one, to see how lines break when somebody writes a whole paragraph about nothing in particular, as people do when they are glad to have found a chat that works without a server in between.'],
  [ada, 'averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongwordwithoutanyspaceinit'],
  [ada, 'Good.\n\nTwo lines further down.'],
];
for (const [who, text] of talk) { await who.say(text); await (who === ada ? ben : ada).page.getByText(text.slice(0, 20)).first().waitFor(); }
const q = ada.log.getByRole('article').filter({ hasText: 'Did the tunnel' });
await q.hover();
await q.getByRole('button', { name: 'Reply' }).click();
await ada.say('It came up at once.');
await q.hover();
await shot(ada, 'conversation');
await ada.page.setViewportSize({ width: 360, height: 740 });
await ada.page.getByLabel('Show all conversations').click();
await shot(ada, 'list');
await ada.page.setViewportSize({ width: 1024, height: 768 });
await ada.openConversation('Ben Okafor');
await ada.press('not verified');
await ada.page.getByRole('list', { name: 'Safety number' }).waitFor();
await shot(ada, 'verify');
await ada.press('Close');
await ada.visit('Dashboard');
await shot(ada, 'dashboard');
await ada.press('Account ada');
await ada.page.getByRole('menuitem', { name: 'Settings' }).click();
await shot(ada, 'settings');
await ben.gui.kill('SIGKILL');
await ben.page.getByText('is lost').waitFor();
await ben.page.waitForTimeout(1500);
await shot(ben, 'lost');
await ada.press('Account ada');
await ada.page.getByRole('menuitem', { name: 'Lock' }).click();
await ada.button('Log in').waitFor();
await shot(ada, 'locked');
await ada.leave();
await ben.leave();
await browser.close();
