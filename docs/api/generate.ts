// Writes the API reference of @gravy/protocol to docs/api/out. Whatever is exported and undocumented is an error.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
// TypeDoc needs the JavaScript compiler that TypeScript had up to version 6, so it has packages of its own.
const typedoc = fileURLToPath(new URL('node_modules/typedoc/bin/typedoc', import.meta.url));

/** The sources behind the exports of the package: `./node` is `src/node.ts`. */
function entryPoints(): readonly string[] {
  const manifest = new URL('../../packages/protocol/package.json', import.meta.url);
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    exports: Record<string, unknown>;
  };
  return Object.keys(exports)
    .filter((name) => !name.endsWith('.json'))
    .map((name) => `../../packages/protocol/src/${name === '.' ? 'index' : name.slice(2)}.ts`);
}

if (existsSync(typedoc)) {
  const options = entryPoints().flatMap((entry) => ['--entryPoints', entry]);
  const { status } = spawnSync(process.execPath, [typedoc, ...options], {
    cwd: folder,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(
    'TypeDoc is not installed here. Run: pnpm install --filter @gravy/api-reference\n',
  );
  process.exitCode = 1;
}
