// The long forms of the tests, package by package: `pnpm test:soak [package...]`. GRAVY_SOAK_SCALE=0.01 runs a hundredth.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const named = process.argv.slice(2);
const packages = ['packages', 'apps']
  .flatMap((folder) => readdirSync(`${root}${folder}`).map((name) => ({ folder, name })))
  .filter(({ folder, name }) => existsSync(`${root}${folder}/${name}/vitest.soak.config.ts`))
  .filter(({ name }) => named.length === 0 || named.includes(name));
if (packages.length === 0) {
  console.error(`No package ${named.join(', ')} has long tests.`);
  process.exitCode = 1;
}

for (const { folder, name } of packages) {
  const { status } = spawnSync('vitest', ['run', '--config', 'vitest.soak.config.ts'], {
    cwd: `${root}${folder}/${name}`,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exitCode = 1;
}
