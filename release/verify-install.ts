// `npm run verify:install`: packs everything, installs it with plain npm in empty folders, on the oldest Node that is promised and on the
// one of development, and uses it: imports, a chat between two processes, the page in Chromium. Needs the registry of npm.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.ts';
import { Installation } from './install/installation.ts';
import { chat } from './install/use-chat.ts';
import { importAll } from './install/use-imports.ts';
import { openGui } from './install/use-page.ts';
import { publishedPackages } from './published.ts';
import { packInto } from './tarball.ts';

const NODE_VERSIONS = ['22.18.0', '24.21.0'];

const packages = publishedPackages();
const folder = mkdtempSync(join(tmpdir(), 'gravy-install-'));
const startedAt = performance.now();
const say = (text: string): void => {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${text}\n`);
};

try {
  build();
  say('built');
  const tarballs = packages.map((published) => packInto(published.folder, folder).path);
  say(`${tarballs.length} packages packed`);
  for (const version of NODE_VERSIONS) {
    const installation = await Installation.create(join(folder, version), version, tarballs);
    say(`Node ${version}: installed`);
    say(`Node ${version}: ${await importAll(installation, packages)} entry points imported`);
    await chat(installation);
    say(`Node ${version}: two processes have talked`);
    const isOpened = await openGui(installation);
    say(`Node ${version}: ${isOpened ? 'the page works' : 'no browser here for the page'}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
