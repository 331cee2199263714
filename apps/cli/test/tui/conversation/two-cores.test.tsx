import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contact, type Gravy, openGravy } from '@gravy/messenger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeAccount } from '../../e2e/quick-account.js';
import { KEYS, ShownConversation } from './shown-conversation.js';

let folder: string;
let ada: Gravy;
let ben: Gravy;
let terminal: ShownConversation;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gravy-conversation-'));
  [ada, ben] = await Promise.all([openCore('ada'), openCore('ben')]);
  const [{ id: adaId }, { id: benId }] = await Promise.all([
    ada.call('account.show', {}),
    ben.call('account.show', {}),
  ]);
  await ada.call('contact.add', { id: benId, name: 'Ben' });
  await ben.call('contact.add', { id: adaId, name: 'Ada' });
  const { url } = await ada.call('host.start', { port: 0 });
  await ben.call('session.connect', { url, contact: 'Ada' });
  terminal = new ShownConversation(ben, { contact: await contactOf(ben) });
});

afterAll(async () => {
  await terminal.close();
  await Promise.all([ada.close(), ben.close()]);
  await rm(folder, { recursive: true });
});

async function openCore(name: string): Promise<Gravy> {
  const home = join(folder, name);
  await mkdir(home);
  writeAccount(home, name, 'a password');
  const gravy = await openGravy({ home });
  await gravy.call('account.unlock', { name, password: 'a password' });
  return gravy;
}

async function contactOf(gravy: Gravy): Promise<Contact> {
  const [contact] = await gravy.call('contact.list', {});
  if (contact === undefined) throw new Error('There is a contact.');
  return contact;
}

it('talks to a person at another core: texts and their states, attacks, files, a kick', async () => {
  await terminal.shows('connected, direct');
  terminal.press('Is the tunnel up?');
  await terminal.shows('> Is the tunnel up?');
  terminal.press(KEYS.enter);
  await terminal.shows(/Is the tunnel up\? +\+ delivered/u);
  const { messages } = await ada.call('message.history', { contact: 'Ben' });
  expect(messages.map(({ text }) => text)).toEqual(['Is the tunnel up?']);

  await ada.call('message.send', { contact: 'Ben', text: 'Yes.\u001b[2J\u202e\n you\n 09:00  no' });
  await terminal.shows(
    /\n Ada\n \d\d:\d\d {2}Yes\.<U\+001B>\[2J<U\+202E>\n {9}you\n {9}09:00 {2}no\n/u,
  );

  const path = join(folder, 'notes.txt');
  await writeFile(path, 'what was said');
  await ada.call('file.send', { contact: 'Ben', path });
  await terminal.shows('"notes.txt", 13 B');
  terminal.press('/acc');
  await terminal.shows('>/accept');
  terminal.press(KEYS.enter);
  await terminal.shows('done:');
  const [file] = await ben.call('file.list', {});
  expect(await readFile(file?.path ?? '', 'utf8')).toBe('what was said');

  terminal.press('/search tunn');
  await terminal.shows('> /search tunn');
  terminal.press(KEYS.enter);
  await terminal.shows('1 found.');
  terminal.press(KEYS.enter);
  await terminal.shows(/>\d\d:\d\d {2}Is the tunnel up\?/u);
  terminal.press(KEYS.escape);
  // A terminal program waits a moment before it takes an Esc for more than the beginning of another key.
  await terminal.shows(/\n \d\d:\d\d {2}Is the tunnel up\?/u);

  const [session] = await ada.call('session.list', {});
  await ada.call('session.close', { session: session?.id ?? '' });
  await terminal.shows('-- Ada ended your session.');
  await terminal.shows('offline: messages will be sent when you are both online');
  terminal.press('Still there?');
  await terminal.shows('> Still there?');
  terminal.press(KEYS.enter);
  await terminal.shows(/Still there\? +~ waiting/u);
  terminal.press('/cancel');
  await terminal.shows('> /cancel');
  terminal.press(KEYS.enter);
  await terminal.shows(/Still there\? +x cancelled/u);
});
