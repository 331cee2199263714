import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FOLDER = fileURLToPath(new URL('types/', import.meta.url));
const TYPESCRIPT = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));

/** The lines at which the compiler sees an error. */
function errorLines(): readonly number[] {
  const compiler = join(TYPESCRIPT, 'bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '--noEmit', '--pretty', 'false'], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  const lines = [...stdout.matchAll(/^steps\.ts\((\d+),\d+\): error/gmu)];
  const others = stdout
    .split('\n')
    .filter((line) => /: error /u.test(line) && !line.startsWith('steps'));
  expect(others).toEqual([]);
  return [...new Set(lines.map(([, line]) => Number(line)))];
}

test('steps in the wrong order do not compile, and those in the right order do', () => {
  const marked = readFileSync(join(FOLDER, 'steps.ts'), 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.includes('// must not compile') ? [index + 1] : []));
  expect(marked.length).toBeGreaterThan(15);
  expect(errorLines()).toEqual(marked);
}, 30_000);
