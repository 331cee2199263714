import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import gui from './apps/gui/vitest.config.js';
import protocol from './packages/protocol/vitest.config.js';
import { LongestFirst } from './testing/longest-first.js';

/**
 * All test files of a package in one worker, except those that put something else in the place of a
 * module: the others would get that, too, or the module would be there already. These have a worker
 * each, in a project of their own.
 */
function apartWhereModulesAreReplaced(
  name: string,
  folder: string,
  { test, ...config }: TestProjectInlineConfiguration,
): TestProjectInlineConfiguration[] {
  const root = fileURLToPath(new URL(folder, import.meta.url));
  const replacing = globSync('**/*.test.ts', { cwd: root, exclude: ['node_modules'] }).filter(
    (file) => /\bvi\.(?:mock|doMock)\(/u.test(readFileSync(`${root}/${file}`, 'utf8')),
  );
  return [
    { ...config, root, test: { ...test, exclude: replacing, isolate: false } },
    { ...config, root, test: { ...test, name: `${name}-mocks`, include: replacing } },
  ];
}

// Two more than there are processors, since most of these tests wait for processes and the disk. As an
// option it would not reach the projects that have a file of their own. VITEST_MAX_WORKERS=1 is one.
process.env['VITEST_MAX_WORKERS'] ??= String(availableParallelism() + 2);

export default defineConfig({
  test: {
    projects: [
      'packages/!(protocol)',
      'apps/!(gui)',
      ...apartWhereModulesAreReplaced('protocol', 'packages/protocol', protocol),
      ...apartWhereModulesAreReplaced('gui', 'apps/gui', gui),
      'apps/gui/trials',
      'compat',
      'examples',
      'testing',
    ],
    sequence: { sequencer: LongestFirst },
  },
});
