// The bots in processes of their own, and a contact who talks to them: Gravy's core in this process.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gravy, openGravy } from '@gravy/messenger';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ExampleProcess, ROOT } from './example-process.ts';

let folder = '';
let ben: Gravy;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gravy-bots-'));
  ben = await openGravy({ home: join(folder, 'ben') });
  await ben.call('account.create', { name: 'ben', password: 'a password' });
});
afterAll(async () => {
  await ben.close();
  await rm(folder, { recursive: true, force: true });
});

function startBot(home: string, command: readonly [string, ...string[]]): ExampleProcess {
  const bot = new ExampleProcess(command, {
    GRAVY_HOME: join(folder, home),
    GRAVY_PASSWORD: 'a password for bots',
    GRAVY: `"${process.execPath}" apps/cli/dist/main.js`,
  });
  onTestFinished(() => void bot.stop('SIGKILL'));
  return bot;
}

/** Ben comes by the invite that the bot prints, and the contact he finds there. */
async function befriend(bot: ExampleProcess, name: string): Promise<void> {
  const [invite] = await bot.says(/^gravyinvite1\S+$/mu);
  await ben.call('session.connect', { invite, name });
}

/** Windows has no way to ask a program to end, only to end it. */
async function endInOrder(bot: ExampleProcess): Promise<void> {
  const code = await bot.stop('SIGTERM');
  if (process.platform !== 'win32') expect(code).toBe(0);
}

async function ask(contact: string, text: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const sent = ben.call('message.send', { contact, text });
  const stop = ben.onEvent((event) => {
    if (event.method !== 'message.received') return;
    const { message } = event.params;
    void sent.then(({ id }) => {
      if (message.replyTo === id) resolve(message.text);
    });
  });
  return promise.finally(stop);
}

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) process.stderr.write('Skipped: there is no python3 on this machine.\n');

test('the echo in TypeScript says what was said to it, and is the same one after a restart', async () => {
  const command = [process.execPath, 'examples/bots/echo.ts', '--port', '0'] as const;
  const bot = startBot('echo', command);
  await befriend(bot, 'Echo');
  expect(await ask('Echo', 'Ahoy\n\u2028there')).toBe('Ahoy\n\u2028there');
  await endInOrder(bot);
  const again = startBot('echo', command);
  const [, url = ''] = await again.says(/echo hosts at (\S+)\. /u);
  await ben.call('session.connect', { url, contact: 'Echo' });
  expect(await ask('Echo', 'Still you?')).toBe('Still you?');
});

test.runIf(hasPython)('the echo in Python does so over JSON-RPC', async () => {
  const bot = startBot('echo-py', ['python3', 'examples/bots/echo.py', '0']);
  await befriend(bot, 'Echo in Python');
  expect(await ask('Echo in Python', 'Ahoy\n\u2028there')).toBe('Ahoy\n\u2028there');
  await endInOrder(bot);
});

test('the status service answers its contacts, and tells more to those it has verified', async () => {
  const bot = startBot('status', [process.execPath, 'examples/bots/status.ts', '--port', '0']);
  await befriend(bot, 'Status');
  expect(await ask('Status', 'Uptime')).toMatch(/^[\d.]+ hours$/u);
  expect(await ask('Status', 'rm -rf /')).toMatch(/^Ask one of these:\nuptime: /u);
  expect(await ask('Status', 'disk')).toBe('That is for verified contacts only.');
  // Whoever runs the service says who is verified, from another program of the same account.
  const words = ['contact', 'verify', 'ben', '--yes'];
  const { status } = spawnSync(process.execPath, ['apps/cli/dist/main.js', ...words], {
    cwd: ROOT,
    env: { ...process.env, GRAVY_HOME: join(folder, 'status') },
  });
  expect(status).toBe(0);
  expect(await ask('Status', 'disk')).toMatch(/^[\d.]+ of [\d.]+ GiB free$/u);
});
