// Everything a change must pass, in order of cost. Ends with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const temporary = mkdtempSync(join(tmpdir(), 'gravy-ci-'));
const reportFile = join(temporary, 'tests.json');
let passed = 0;
let failed = 0;

function run(name: string, command: string, args: string[]): boolean {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  });
  return status === 0;
}

function check(name: string, command: string, args: string[]): void {
  if (run(name, command, args)) passed += 1;
  else failed += 1;
}

check('build', 'turbo', ['run', 'build', '--output-logs=errors-only']);
check('lint', 'oxlint', ['--type-aware', '--deny-warnings']);
check('format', 'oxfmt', ['--check']);
check('types', 'turbo', ['run', 'types', '--output-logs=errors-only']);
check('knip', 'knip', []);
check('coverage', 'vitest', ['run', '--root', 'packages/protocol', '--coverage']);
check('packages', 'turbo', ['run', 'packages', '--output-logs=errors-only']);
check('sizes', 'node', ['release/check-sizes.ts']);
check('licences', 'node', ['release/check-licences.ts']);
check('platforms', 'node', ['release/check-platforms.ts']);
check('commands in documents', 'node', ['scripts/check-commands.ts']);
check('spelling', 'pnpm', ['--filter', '@gravy/docs', 'run', 'spelling']);
check('documentation site', 'node', ['docs/site/build.ts']);

const isGreen = run('tests', 'vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
]);
try {
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  // A file that does not load, or an unhandled error, fails the run without failing a test.
  if (!isGreen && report.numFailedTests === 0) failed += 1;
} catch {
  failed += 1;
}
rmSync(temporary, { recursive: true, force: true });

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
