// `pnpm mutation`: how many small faults in the sources of @gravy/protocol its tests notice. In a copy of the work tree
// that is thrown away: the tool changes the sources in place, so that the tests find everything else where it is.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = join(mkdtempSync(join(tmpdir(), 'gravy-mutation-')), 'gravy');

function run(command: string, args: readonly string[], cwd: string): number {
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status ?? 1;
}

const LEFT_OUT = /(^|[/\\])(node_modules|dist|\.git|\.turbo|coverage)$/u;
cpSync(root, copy, { recursive: true, filter: (source) => !LEFT_OUT.test(relative(root, source)) });
// Vectors that lie beside the project lie beside the copy, too.
const besideProject = join(root, '../shared');
if (existsSync(besideProject)) symlinkSync(besideProject, join(copy, '../shared'));

const install = ['install', '--frozen-lockfile', '--prefer-offline'];
const build = ['run', 'build', '--filter=@gravy/protocol', '--output-logs=errors-only'];
const stryker = join(copy, 'mutation/node_modules/.bin/stryker');
const config = join(copy, 'mutation/stryker.config.mjs');
const protocol = join(copy, 'packages/protocol');
process.exitCode =
  run('pnpm', install, copy) ||
  run('turbo', build, copy) ||
  run(stryker, ['run', config, ...process.argv.slice(2)], protocol);
rmSync(join(copy, '..'), { recursive: true, force: true });
