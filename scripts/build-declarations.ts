// The declarations of the package in the current folder. Those of sources that are gone would be published, so they go first.
import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';

for (const file of globSync('dist/**/*.d.ts{,.map}')) rmSync(file);
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
