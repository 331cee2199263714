// What is bundled is redistributed, and its licences ask to be passed on with it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Writes the licences of all packages that ended up in the bundle to `file`. */
export function thirdPartyNotices(file: string): Plugin {
  return {
    name: 'third-party-notices',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        const folders = new Set(Object.keys(metafile?.inputs ?? {}).map(packageFolder));
        const notices = Array.from(folders, notice).filter((text) => text !== undefined);
        // The first build of all comes here before its output folder is there.
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, notices.toSorted().join(`\n${'-'.repeat(72)}\n\n`));
      });
    },
  };
}

function packageFolder(input: string): string {
  let folder = dirname(input);
  // A manifest without a name only says which kind of modules a folder has.
  while (!existsSync(join(folder, 'package.json')) || manifestOf(folder).name === undefined) {
    folder = dirname(folder);
  }
  return folder;
}

function notice(folder: string): string | undefined {
  const { name, version, license } = manifestOf(folder);
  if (name === undefined || name.startsWith('@gravy/')) return undefined;
  const texts = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|notice)/iu.test(entry))
    .map((entry) => readFileSync(join(folder, entry), 'utf8').trim());
  if (texts.length === 0 && license === undefined) {
    throw new Error(`${name} has no licence, so it cannot be bundled.`);
  }
  return `${name} ${version} (${license ?? 'see below'})\n\n${texts.join('\n\n')}\n`;
}

function manifestOf(folder: string): Partial<Manifest> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Partial<Manifest>;
}
