// Checks the package in the current folder as npm would publish it: its fields, its files, its API, publint, and "are the types wrong".
import { relative, sep } from 'node:path';
import { changesOfApi } from './api-report.ts';
import { brokenContentRules } from './content-rules.ts';
import { brokenManifestRules } from './manifest-rules.ts';
import { ROOT, readManifest, type PublishedPackage } from './published.ts';
import { runTool } from './run-tool.ts';
import { withTarball } from './tarball.ts';

const folder = process.cwd();
const published: PublishedPackage = {
  directory: relative(ROOT, folder).replaceAll(sep, '/'),
  folder,
  manifest: readManifest(folder),
};

const broken = [
  ...brokenManifestRules(published),
  ...withTarball(folder, (tarball) => brokenContentRules(published, tarball)),
  ...changesOfApi(published, false),
];
for (const rule of broken) process.stderr.write(`${published.manifest.name}: ${rule}\n`);
if (broken.length > 0) process.exitCode = 1;

function check(command: string, args: readonly string[]): void {
  if (!runTool(command, args).isOk) process.exitCode = 1;
}

check('publint', ['--strict', '--pack', 'pnpm']);
// A program without a library has no types to look at.
if (published.manifest.exports?.['.'] !== undefined) {
  check('attw', ['--pack', '.', '--profile', 'esm-only']);
}
