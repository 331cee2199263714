// Writes the API reference of the libraries to docs/api/out, or to the folder that is given. Whatever is exported and undocumented
// is an error.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
// TypeDoc needs the JavaScript compiler that TypeScript had up to version 6, so it has packages of its own.
const typedoc = fileURLToPath(new URL('node_modules/typedoc/bin/typedoc', import.meta.url));

const LIBRARIES = ['protocol', 'identity', 'transport', 'tunnel', 'history', 'messenger'];

/** Exports whose source has another name; undefined for tests that others may run, which are no library. */
const SOURCES: Readonly<Record<string, string | undefined>> = {
  'history/lock': 'history/src/locking.ts',
  'history/conformance': undefined,
};

/** The sources behind the exports of a package: `./node` is `src/node.ts`. */
function entryPoints(library: string): readonly string[] {
  const manifest = new URL(`../../packages/${library}/package.json`, import.meta.url);
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    exports: Record<string, unknown>;
  };
  return Object.keys(exports)
    .filter((name) => !name.endsWith('.json'))
    .flatMap((name) => {
      const short = name === '.' ? 'index' : name.slice(2);
      const key = `${library}/${short}`;
      const source = key in SOURCES ? SOURCES[key] : `${library}/src/${short}.ts`;
      return source === undefined ? [] : [`../../packages/${source}`];
    });
}

if (existsSync(typedoc)) {
  const options = LIBRARIES.flatMap(entryPoints).flatMap((entry) => ['--entryPoints', entry]);
  const [, , out] = process.argv;
  if (out !== undefined) options.push('--out', out);
  const { status } = spawnSync(process.execPath, [typedoc, ...options], {
    cwd: folder,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else {
  process.stderr.write('TypeDoc is not installed here. Run: npm run api-reference\n');
  process.exitCode = 1;
}
