import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { defaultHome, MessengerError } from '@gravy/messenger';
import { GuiError } from '../gui-error.js';
import { type Gui, startGui } from '../start-gui.js';
import { hasDisplay, openInBrowser } from './open-browser.js';
import { readOptions, USAGE } from './options.js';

const EXIT_CODES = { failed: 1, usage: 2, interrupted: 130 } as const;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The whole program: serves the page until a signal ends it. */
export async function main(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  if (typeof options === 'string') {
    process.stderr.write(`gravy-gui: ${options}\nNext: gravy-gui --help\n`);
    process.exitCode = EXIT_CODES.usage;
    return;
  }
  if (options.kind !== 'run') {
    process.stdout.write(options.kind === 'help' ? USAGE : `${readVersion()}\n`);
    return;
  }
  let gui: Gui;
  try {
    gui = await startGui({
      home: options.home ?? defaultHome(process.env),
      port: options.port,
    });
  } catch (error) {
    if (!(error instanceof GuiError || error instanceof MessengerError)) throw error;
    process.stderr.write(`gravy-gui: ${error.message}\n`);
    process.exitCode = EXIT_CODES.failed;
    return;
  }
  await untilInterrupted(gui, () => invite(gui, options.opens));
}

async function untilInterrupted(gui: Gui, begin: () => Promise<void>): Promise<void> {
  const { promise: interrupted, resolve } = Promise.withResolvers<void>();
  let count = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      count += 1;
      // The second one does not wait for anything any more.
      if (count > 1) process.exit(EXIT_CODES.interrupted);
      resolve();
    });
  }
  await begin();
  // Enter gives a new link; without a terminal nobody presses it, and end of input means nothing.
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => void printLink(gui));
  await interrupted;
  lines.close();
  await gui.close();
  process.exit(EXIT_CODES.interrupted);
}

async function invite(gui: Gui, opens: boolean): Promise<void> {
  process.stdout.write(`Gravy is at ${gui.origin}\n`);
  const wants = opens && hasDisplay(process.platform, process.env);
  if (wants && (await openInBrowser(await gui.createRedirectFile(), process.platform))) {
    process.stdout.write(
      'It opens in your browser. If nothing shows up, press Enter for a link. Ctrl-C ends Gravy.\n',
    );
    return;
  }
  await printLink(gui);
  process.stdout.write('Press Enter for a new link. Ctrl-C ends Gravy.\n');
}

async function printLink(gui: Gui): Promise<void> {
  const file = await gui.createRedirectFile();
  process.stdout.write(
    [
      '',
      'Open this link within 60 seconds; it works once, and whoever has it gets in:',
      `  ${gui.createLaunchUrl()}`,
      'or this file, which leads there:',
      `  ${file}`,
      'From another machine, first forward the port, then open the link there:',
      `  ssh -L ${gui.port}:127.0.0.1:${gui.port} THIS-MACHINE`,
      '',
    ].join('\n'),
  );
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
