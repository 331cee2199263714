// The usage text of the original, walked through in two terminals: one account, which is its own contact.
import { afterEach, beforeEach, describe, it } from 'vitest';
import { temporaryHome } from '../gravy-process.js';
import { expectGolden } from './golden.js';
import { KEY, pasted } from './keys.js';
import { TuiInProcess } from './tui-in-process.js';

let home = '';
let remove: () => Promise<void>;
const running: TuiInProcess[] = [];

beforeEach(async () => {
  ({ home, remove } = await temporaryHome());
});
afterEach(async () => {
  for (const tui of running.splice(0).toReversed()) await tui.stop();
  await remove();
});

describe.each([
  [80, 24],
  [60, 20],
])('in two terminals of %i columns and %i rows', (columns, rows) => {
  const open = (): TuiInProcess => {
    const tui = new TuiInProcess({ home, columns, rows });
    running.push(tui);
    return tui;
  };
  const changing: string[] = [];
  const golden = (step: string, tui: TuiInProcess): Promise<void> =>
    expectGolden(`${columns}x${rows}/${step}`, tui, changing);

  it('creates, copies, adds, hosts, connects, chats, kicks, exits, and deletes', async () => {
    const host = open();
    await host.shows('Repeat password');
    await golden('01-create-account', host);
    await host.pressFor('ada\rsecret\rsecret\r', '[>Understood<]');
    await host.shows('cannot be recovered');
    await host.pressFor(KEY.escape, '>Dashboard');
    await host.pressFor(KEY.enter, 'cannot be recovered');
    await host.pressFor(KEY.enter, '[>Copy public key<]');
    await host.pressFor(KEY.enter, 'Copied');
    const [, base64 = ''] = /\]52;c;([A-Za-z0-9+/=]+)/u.exec(host.raw) ?? [];
    const id = Buffer.from(base64, 'base64').toString();
    // The first letters of an id are always the same.
    changing.push(id.slice('gravy1'.length));
    await golden('02-copy-public-key', host);

    await host.pressFor(KEY.down, '[>Add contact<]');
    await host.pressFor(KEY.enter, /> Name/u);
    await host.pressFor(`ada${KEY.enter}`, /> Public key/u);
    await host.pressFor(pasted(id), new RegExp(id.slice(-12), 'u'));
    await golden('03-add-contact', host);
    await host.pressFor(KEY.enter, 'ada is a contact now');
    await golden('04-contact', host);
    await host.pressFor(KEY.escape, '>Dashboard');

    await host.pressFor('s', /> Port/u);
    await golden('05-server', host);
    await host.pressFor(`0${KEY.enter}`, /\[>Copy URL<\]/u);
    const [url = ''] = /ws:\/\/127\.0\.0\.1:\d+/u.exec(host.screen) ?? [];
    await golden('06-server-manager', host);

    const guest = open();
    await guest.shows('Press Enter to join it');
    await golden('06b-join', guest);
    await guest.pressFor(KEY.enter, '>Dashboard');
    await guest.pressFor('c', /> URL or invite/u);
    await guest.shows('Enter fills');
    await golden('07-connect', guest);
    await guest.pressFor(KEY.down.repeat(4), /^[^\n]*> ada/mu);
    await guest.pressFor(KEY.enter, /Name +ada/u);
    guest.press(pasted(url));
    await guest.shows(url);
    await golden('08-contact-filled-in', guest);
    await guest.pressFor(KEY.enter.repeat(3), 'connected');
    await golden('09-connected', guest);

    await guest.pressFor('Hello from the second tab.\r', /tab\. +\+ delivered/u);
    await guest.shows(hasNothingUnread);
    await golden('10-first-text', guest);
    await host.pressFor(KEY.escape, '>Server');
    await host.pressFor(KEY.down.repeat(2), '>ada');
    await host.pressFor(KEY.enter, 'Hello from the second tab.');
    await host.shows('Enter send');
    await host.pressFor('And hello from the first.\r', /first\. +\+ delivered/u);
    await host.shows(hasNothingUnread);
    await golden('11-answer', host);
    await guest.shows('And hello from the first.');

    await host.pressFor(KEY.escape, '>ada');
    await host.pressFor(`s${KEY.down.repeat(2)}`, '[>Kick<]');
    await golden('12-client', host);
    await host.pressFor(KEY.enter, 'No clients yet');
    await host.shows((screen) => !screen.includes('*'));
    await golden('13-kicked', host);
    await guest.shows(/ended/u);
    await guest.shows((screen) => !/hosting 1|\*/u.test(screen));
    await golden('14-kicked-guest', guest);

    await guest.pressFor(KEY.escape, '>ada');
    await guest.pressFor('c', /> URL or invite/u);
    await guest.pressFor(KEY.down.repeat(4) + KEY.enter, /Name +ada/u);
    await guest.pressFor(KEY.enter, 'connected');
    await guest.pressFor('/exit\r', /-- ada left/u);
    await host.shows('No clients yet');
    await guest.shows((screen) => !/hosting 1|\*/u.test(screen));
    await golden('15-exited', guest);

    await host.pressFor(KEY.escape, '>Server');
    await host.pressFor(`d${KEY.down}`, /> ada/u);
    await host.pressFor(KEY.down, '[>Open history<]');
    await golden('16-contact', host);
    await host.pressFor(KEY.right + KEY.enter, 'Received files stay');
    await golden('17-delete-history', host);
    await host.pressFor(KEY.right + KEY.enter, 'The history is deleted');
    await host.pressFor(KEY.left + KEY.enter, 'No messages yet');
    await golden('18-history-deleted', host);
    await guest.quit();
    await host.quit();
  });
});

const hasNothingUnread = (screen: string): boolean => !/ada +1 new/u.test(screen);
