// A package as npm would get it.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';

export interface Tarball {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** The paths inside, without the `package/` in front. */
  readonly files: readonly string[];
}

/** Packs the package of `folder` into `destination`, as publishing does. */
export function packInto(folder: string, destination: string): Tarball {
  const { isOk, stdout } = runTool('pnpm', ['pack', '--json', '--pack-destination', destination], {
    cwd: folder,
    isQuiet: true,
  });
  if (!isOk) throw new Error(`Packing ${folder} failed.`);
  const report = JSON.parse(stdout) as { filename: string; files: { path: string }[] };
  const path = join(destination, report.filename.split(/[\\/]/u).at(-1) ?? '');
  return {
    path,
    bytes: statSync(path).size,
    files: report.files.map((file) => file.path.replaceAll('\\', '/')).toSorted(),
  };
}

/** Packs, looks, and leaves nothing behind. */
export function withTarball<T>(folder: string, look: (tarball: Tarball) => T): T {
  const destination = mkdtempSync(join(tmpdir(), 'gravy-pack-'));
  try {
    return look(packInto(folder, destination));
  } finally {
    rmSync(destination, { recursive: true, force: true });
  }
}

export function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
