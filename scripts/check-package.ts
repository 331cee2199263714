// Checks the package in the current folder as npm would publish it: publint and "are the types wrong".
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports?: Record<string, unknown>;
};

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exitCode = 1;
}

run('publint', ['--strict', '--pack', 'pnpm']);
// A program without a library has no types to look at.
if (exports?.['.'] !== undefined) run('attw', ['--pack', '.', '--profile', 'esm-only']);
