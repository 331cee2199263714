// `npm run install-sizes`: what each published package brings into an empty folder: how many packages, and how much on the disk of this
// platform. Decision 0025 quotes it.
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Manifest, publishedPackages } from './published.ts';
import { runTool } from './run-tool.ts';
import { packInto } from './tarball.ts';

const MIB = 1024 * 1024;

const packages = publishedPackages();
const folder = mkdtempSync(join(tmpdir(), 'gravy-sizes-'));

/** The package, and those of ours that it needs. */
function withOurs(name: string): readonly string[] {
  const manifest: Manifest | undefined = packages.find(
    (one) => one.manifest.name === name,
  )?.manifest;
  const ours = Object.keys(manifest?.dependencies ?? {}).filter((one) => one.startsWith('@gravy/'));
  return [...new Set([name, ...ours.flatMap(withOurs)])];
}

function bytesOf(path: string): number {
  const entry = lstatSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path)
    .map((name) => bytesOf(join(path, name)))
    .reduce((sum, bytes) => sum + bytes, 0);
}

try {
  const tarballs = new Map(
    packages.map((one) => [one.manifest.name, packInto(one.folder, folder).path]),
  );
  for (const { manifest, directory } of packages) {
    const project = join(folder, directory);
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
    const wanted = withOurs(manifest.name).map((name) => tarballs.get(name) ?? '');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted];
    if (!runTool('npm', args, { cwd: project, isQuiet: true }).isOk) throw new Error(manifest.name);
    const lock = JSON.parse(
      readFileSync(join(project, 'node_modules', '.package-lock.json'), 'utf8'),
    ) as { packages: object };
    const count = Object.keys(lock.packages).length;
    const size = bytesOf(join(project, 'node_modules')) / MIB;
    process.stdout.write(
      `${manifest.name.padEnd(18)} ${String(count).padStart(3)} packages ${size.toFixed(1).padStart(6)} MiB\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
