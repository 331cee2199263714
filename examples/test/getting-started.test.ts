// docs/getting-started.md, done as it says: one shell for each of the two, and every block typed there in turn. Only the installation
// is another: `gravy` is the program as built, or what is installed in the folder GRAVY_INSTALLED (the one with the programs).
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { ExampleProcess, ROOT } from './example-process.ts';
import { blocksOf } from './markdown-blocks.ts';

const page = readFileSync(join(ROOT, 'docs/getting-started.md'), 'utf8');

/** A folder with a program called `gravy`. */
function programs(folder: string): string {
  const { GRAVY_INSTALLED } = process.env;
  if (GRAVY_INSTALLED !== undefined) return GRAVY_INSTALLED;
  const file = join(folder, 'gravy');
  const main = join(ROOT, 'apps/cli/dist/main.js');
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}

/** What stands for something that only a run can tell, and where Ada's screen tells it. */
const PLACEHOLDERS: ReadonlyMap<string, RegExp> = new Map([
  ['gravyinvite1...', /^gravyinvite1\S+$/mu],
  ['/accept-file ID', /\/accept-file \S+/u],
]);

/**
 * A terminal with a shell in it: bash, which takes one line at a time and leaves the rest to what it runs; and a pipe, since what
 * Node gives a child is a socket, which a program that ends would close for the shell as well.
 */
class Terminal extends ExampleProcess {
  #commands = 0;

  /** Types a command once the one before has ended. */
  async command(line: string): Promise<void> {
    if (this.#commands > 0) await this.saysNext(`(ended: ${this.#commands})`);
    this.#commands += 1;
    this.type(`${line}; echo "(ended: ${this.#commands})"`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test.skipIf(process.platform === 'win32')('every step does what the page says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gravy-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = {
    PATH: [programs(folder), process.env['PATH']].join(delimiter),
    // A terminal would ask.
    GRAVY_PASSWORD: 'correct horse battery staple',
  };
  const port = await freePort();
  const open = (): Terminal => {
    const terminal = new Terminal(['sh', '-c', 'cat | bash'], env, folder);
    onTestFinished(() => void terminal.stop('SIGKILL'));
    return terminal;
  };
  const [ada, ben, third] = [open(), open(), open()];
  const terminals = new Map([
    ['ada', ada],
    ['ben', ben],
    ['', third],
  ]);

  for (const { language, words, text } of blocksOf(page)) {
    const [name = '', does] = words.split(' ');
    const terminal = terminals.get(name);
    // The two ways to install.
    if (terminal === undefined) continue;
    for (const line of text.trimEnd().split('\n')) {
      const placeholder = PLACEHOLDERS.get(line);
      // Another program of the machine may have the port that everybody gets.
      if (language === 'sh')
        await terminal.command(line.replace(/^gravy host/u, `$& --port ${port}`));
      else if (does === 'sees') await terminal.saysNext(line);
      else terminal.type(placeholder === undefined ? line : (await ada.says(placeholder))[0]);
    }
    // What the next block needs: a file that somebody else has made.
    if (terminal === third) await third.command('true');
  }
  for (const terminal of [ada, ben]) await terminal.command('true');
});
