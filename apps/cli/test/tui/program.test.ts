import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeAccount } from '../e2e/quick-account.js';
import { temporaryHome } from '../gravy-process.js';
import { KEY, pasted } from './keys.js';
import { TuiInProcess, type TuiOptions } from './tui-in-process.js';

let home = '';
let remove: () => Promise<void>;
const running: TuiInProcess[] = [];

beforeEach(async () => {
  ({ home, remove } = await temporaryHome());
});
afterEach(async () => {
  for (const tui of running.splice(0)) {
    await tui.stop();
  }
  await remove();
});

function start(options: Partial<TuiOptions> = {}): TuiInProcess {
  const tui = new TuiInProcess({ home, ...options });
  running.push(tui);
  return tui;
}

it('makes an account, adds a contact, hosts, and gives the terminal back', async () => {
  const tui = start();
  // Typed at once, before there is a form.
  tui.press('ada\rsecret\rsecret\r');
  await tui.shows('Public key of ada');
  expect(tui.isAlternate).toBe(true);
  expect(tui.raw).not.toContain('secret');

  await tui.pressFor(KEY.enter, '[>Copy public key<]');
  await tui.pressFor(KEY.enter, 'Copied');
  const [, base64 = ''] = /\]52;c;([A-Za-z0-9+/=]+)/u.exec(tui.raw) ?? [];
  const id = Buffer.from(base64, 'base64').toString();
  expect(id).toMatch(/^gravy1[a-z0-9]{50,}$/u);

  await tui.pressFor(KEY.down, '[>Add contact<]');
  await tui.pressFor(KEY.enter, /> Name/u);
  await tui.pressFor(`me${KEY.enter}`, /> Public key/u);
  tui.press(pasted(`${id}\n`));
  await tui.pressFor(KEY.enter, 'me is a contact now');
  await tui.pressFor(KEY.escape, '>Dashboard');
  // A conversation beside the sidebar takes no paste; as a key, this one would lead to the server.
  await tui.pressFor(KEY.down.repeat(3), '>me');
  await tui.shows('No messages yet');
  tui.press(pasted('s'));
  await tui.pressFor('d', 'Public key of ada');
  await tui.pressFor(KEY.escape, '>Dashboard');
  await tui.pressFor('s', /> Port/u);
  await tui.pressFor(`0${KEY.enter}`, /ws:\/\/127\.0\.0\.1:\d+/u);
  expect(tui.screen).toMatch(/Server +hosting/u);

  await tui.pressFor(KEY.escape, '>Server');
  await tui.pressFor(KEY.down.repeat(2), '>me');
  await tui.pressFor(KEY.enter, 'Enter send');
  await tui.pressFor('unsent', 'unsent');
  await tui.pressFor(KEY.ctrlC, 'Ctrl-C again to quit: 1 draft will be lost.');
  await tui.pressFor('!', 'Enter send');
  await tui.pressFor(KEY.ctrlC, 'Ctrl-C again to quit');
  tui.press(KEY.ctrlC);
  await tui.ended;
  await tui.shows(() => !tui.isAlternate);
  expect(tui.isRaw).toBe(false);
});

it('says where it went wrong, and stays there', async () => {
  const tui = start();
  await tui.pressFor(`ada${KEY.enter}one${KEY.enter}other${KEY.enter}`, 'are not the same');
  expect(tui.screen).toMatch(/^> Repeat password +\*{5}/mu);
  expect(tui.raw).not.toContain('other');
});

it('refuses a wrong password and opens with the right one', async () => {
  writeAccount(home, 'ada', 'secret');
  const tui = start();
  await tui.pressFor('wrong\r', 'does not open the account');
  expect(tui.screen).toMatch(/^> Password/mu);
  await tui.pressFor('\u0015secret\r', 'Public key of ada');
  // Another program of the same person joins it, without the password.
  const other = start({ account: 'Ada' });
  await other.shows('Press Enter to join it');
  other.press(KEY.enter);
  await other.shows('open in another program');
  await tui.quit();
  await other.shows('was closed in the program');
});

it('has one column at a time below 80 columns, and follows the window', async () => {
  writeAccount(home, 'ada', 'secret');
  const tui = start({ columns: 60, rows: 20, password: 'secret' });
  await tui.shows('>Dashboard');
  expect(tui.screen).not.toContain('Public key');
  await tui.pressFor(KEY.enter, 'Public key of ada');
  expect(tui.screen).not.toContain('Connect');
  tui.resize(100, 30);
  await tui.shows(/Connect[^]*Public key of ada|Public key of ada[^]*Connect/u);
  expect(tui.rows.at(-1)).toContain('Ctrl-C quit');
  // Whatever has torn the screen, Ctrl-L draws every cell of it anew.
  const whole = tui.screen;
  tui.stdout.write('\u001b[5;1Htorn\u001b[6;1H\u001b[2K\u001b[9;9Hpieces');
  await tui.shows('pieces');
  tui.press('\u000c');
  await tui.shows((screen) => screen === whole);
  tui.resize(60, 20);
  await tui.shows((screen) => !screen.includes('Connect') && screen.includes('Public key of ada'));
});

it('ends at once when it is told to, with the terminal as it was', async () => {
  const tui = start();
  await tui.shows('Account name');
  tui.interruption.trigger();
  await expect(tui.ended).rejects.toMatchObject({ code: 'interrupted' });
  await tui.shows(() => !tui.isAlternate);
  expect(tui.isRaw).toBe(false);
  expect(tui.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(tui.raw.lastIndexOf('\u001b[?25l'));
});
