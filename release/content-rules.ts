// What has to be in a tarball, and what must not be.
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { Manifest, PublishedPackage } from './published.ts';
import { readText, type Tarball } from './tarball.ts';

const NEVER =
  /(?:^|\/)(?:src|test|soak|node_modules|coverage)\/|\.d\.ts\.map$|\.test\.|(?:^|\/)\.|tsconfig|\.tgz$/u;

function targetsOf(manifest: Manifest): readonly string[] {
  const conditional = [
    ...Object.values(manifest.exports ?? {}),
    ...Object.values(manifest.imports ?? {}),
  ];
  return [
    ...conditional.flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    ),
    ...Object.values(manifest.bin ?? {}),
  ].map((target) => target.replace(/^\.\//u, ''));
}

/** The first fenced example has to show the package, or the program that it brings. */
function hasExample(readme: string, manifest: Manifest): boolean {
  const example = /^```\w+\n(?<code>.*?)^```$/msu.exec(readme)?.groups?.['code'] ?? '';
  return [manifest.name, ...Object.keys(manifest.bin ?? {})].some((word) => example.includes(word));
}

/** What an earlier build left in dist: declarations without a source, scripts that nothing leads to. */
function leftovers(
  { folder, manifest }: PublishedPackage,
  files: readonly string[],
): readonly string[] {
  const built = files.filter((file) => file.startsWith('dist/'));
  const pages = built.filter((file) => /\.(?:js|html)$/u.test(file));
  const texts = new Map(pages.map((file) => [file, readText(`${folder}/${file}`)]));
  const targets = new Set(targetsOf(manifest));
  const isLedTo = (file: string): boolean =>
    targets.has(file) ||
    [...texts].some(([from, text]) => from !== file && text.includes(posix.basename(file)));
  const hasSource = (file: string): boolean => {
    const source = file.replace(/^dist\//u, `${folder}/src/`).replace(/\.d\.ts$/u, '');
    return existsSync(`${source}.ts`) || existsSync(`${source}.tsx`);
  };
  return built.filter(
    (file) =>
      (file.endsWith('.js') && !isLedTo(file)) || (file.endsWith('.d.ts') && !hasSource(file)),
  );
}

/** What is wrong with the files of a package; empty if nothing is. */
export function brokenContentRules(
  published: PublishedPackage,
  { files }: Tarball,
): readonly string[] {
  const { folder, manifest } = published;
  const broken: string[] = [];
  const inTarball = new Set(files);
  for (const file of ['LICENSE', 'README.md', 'package.json', ...targetsOf(manifest)]) {
    if (!inTarball.has(file)) broken.push(`${file} is missing in the tarball`);
  }
  // The first release writes it.
  if (manifest.version !== '0.0.0' && !inTarball.has('CHANGELOG.md')) {
    broken.push('CHANGELOG.md is missing in the tarball');
  }
  for (const file of files) {
    if (NEVER.test(file)) broken.push(`${file} does not belong into the tarball`);
  }
  for (const file of leftovers(published, files)) {
    broken.push(`${file} is left from an earlier build; remove dist and build again`);
  }
  for (const program of Object.values(manifest.bin ?? {})) {
    if (!readText(`${folder}/${program}`).startsWith('#!/usr/bin/env node\n')) {
      broken.push(`${program} does not begin with #!/usr/bin/env node`);
    }
  }
  const readme = `${folder}/README.md`;
  if (existsSync(readme) && !hasExample(readText(readme), manifest)) {
    broken.push('the first example of README.md does not use the package');
  }
  return broken;
}
