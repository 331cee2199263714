import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAccount } from '../e2e/quick-account.js';
import { temporaryHome } from '../gravy-process.js';
import { hasPseudoTerminals, PtyGravy } from './pty-gravy.js';

let home = '';
let remove: () => Promise<void>;
let gravy: PtyGravy | undefined;

beforeEach(async () => {
  ({ home, remove } = await temporaryHome());
  writeAccount(home, 'ada', 'secret');
});
afterEach(async () => {
  gravy?.kill();
  await remove();
});

/** Throws where nothing catches, once it is told to. */
const CRASH = 'process.on("SIGUSR2",()=>{throw new Error("a crash on purpose")})';

describe.skipIf(!hasPseudoTerminals())('in a real pseudo-terminal', () => {
  it.each([
    ['Ctrl-C', 'ended with 0', true, (pty: PtyGravy) => pty.press('\u0003')],
    ['SIGTERM', 'ended with 130', false, (pty: PtyGravy) => pty.signal('SIGTERM')],
    ['SIGHUP', 'ended with 130', false, (pty: PtyGravy) => pty.signal('SIGHUP')],
    ['a crash', 'ended with 1', true, (pty: PtyGravy) => pty.signal('SIGUSR2')],
  ])('takes keys, and gives the terminal back after %s', async (_what, outcome, hasColour, end) => {
    gravy = new PtyGravy({
      home,
      columns: 80,
      rows: 24,
      env: {
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(CRASH)}`,
        ...(hasColour ? {} : { NO_COLOR: '1' }),
      },
    });
    // While the core is still being loaded.
    await gravy.shows('End-to-end encrypted chat');
    await gravy.pressFor('secret\r', 'Public key of ada');
    expect(gravy.isAlternate).toBe(true);
    // The terminal's own 16 colours, or none.
    expect(gravy.raw.includes('[36m')).toBe(hasColour);
    expect(gravy.raw).not.toMatch(hasColour ? /\[[34]8;/u : /\[(?:3[0-8]|4[0-8]|9[0-7])[m;]/u);
    end(gravy);
    await gravy.ended;
    await gravy.shows(outcome);
    expect(gravy.isAlternate).toBe(false);
    expect(gravy.raw).toMatch(/[ ;]icanon/u);
    expect(gravy.raw).toMatch(/[ ;]echo[ ;\r\n]/u);
    expect(gravy.raw.lastIndexOf('[?2004l')).toBeGreaterThan(gravy.raw.lastIndexOf('[?2004h'));
    expect(gravy.raw.lastIndexOf('[?25h')).toBeGreaterThan(gravy.raw.lastIndexOf('[?25l'));
    // What is left on the screen is what was there before, and why it crashed.
    expect(gravy.screen).not.toContain('Public key of ada');
    if (outcome.endsWith('1')) expect(gravy.screen).toContain('a crash on purpose');
  });
});
