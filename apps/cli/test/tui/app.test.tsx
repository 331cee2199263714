import { render } from 'ink';
import { expect, it } from 'vitest';
import { App } from '../../src/tui/app.js';
import { VirtualTerminal } from './virtual-terminal.js';

it('draws on the alternate screen and gives the terminal back at Ctrl-C', async () => {
  const terminal = new VirtualTerminal(80, 24);
  const app = render(<App onQuit={() => app.unmount()} />, {
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    exitOnCtrlC: false,
    patchConsole: false,
    alternateScreen: true,
    interactive: true,
  });
  await terminal.shows('Gravy');
  expect(terminal.isAlternate).toBe(true);
  expect(terminal.isRaw).toBe(true);
  terminal.press('\u0003');
  await app.waitUntilExit();
  expect(terminal.isAlternate).toBe(false);
  expect(terminal.isRaw).toBe(false);
});
