import { readFileSync } from 'node:fs';
import { defaultHome, MessengerError } from '@gravy/messenger';
import { GuiError } from '../gui-error.js';
import { type Gui, startGui } from '../start-gui.js';
import { announceGui } from './announce.js';
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
  await untilInterrupted(gui, options.opens);
}

async function untilInterrupted(gui: Gui, opens: boolean): Promise<void> {
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
  const { stdin: input, stdout: output } = process;
  const stopListening = await announceGui(gui, { opens, input, output });
  await interrupted;
  stopListening();
  await gui.close();
  process.exit(EXIT_CODES.interrupted);
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
