// Every entry point of every package can be imported, and gives what it says it exports.
import type { PublishedPackage } from '../published.ts';
import type { Installation } from './installation.ts';

/** What needs something that only some install: an optional peer. */
const NEEDS_A_PEER = new Set(['@gravy/protocol/sodium']);

/** @returns how many entry points were imported */
export async function importAll(
  installation: Installation,
  packages: readonly PublishedPackage[],
): Promise<number> {
  const names = packages.flatMap(({ manifest }) =>
    Object.entries(manifest.exports ?? {})
      .filter(([, target]) => typeof target !== 'string')
      .map(([path]) => `${manifest.name}${path.slice(1)}`)
      .filter((name) => !NEEDS_A_PEER.has(name)),
  );
  installation.write(
    'imports.mjs',
    `for (const name of ${JSON.stringify(names)}) {
  const count = Object.keys(await import(name)).length;
  if (count === 0) throw new Error(name + ' exports nothing.');
  console.log(name, count);
}
`,
  );
  const output = await installation.run(['node', 'imports.mjs']);
  const lines = output.split('\n').filter((line) => line.startsWith('@gravy/'));
  if (lines.length !== names.length) throw new Error(`Not everything was imported:\n${output}`);
  return lines.length;
}
