#!/usr/bin/env node
// Nothing is imported before the version is known: an older Node would fail on what it cannot parse,
// and below 22.18 the database library takes the process down without a word.
const OLDEST = [22, 18] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `gravy: this is Node ${process.versions.node}, and Gravy needs ${OLDEST.join('.')} or newer.\n` +
      'Next: install it from https://nodejs.org and run gravy again.\n',
  );
  process.exitCode = 1;
} else if (process.argv.length === 3 && process.argv[2] === '--version') {
  // Asked by scripts and package managers, often: answered before anything else is loaded.
  const { readVersion } = await import('./version.js');
  process.stdout.write(`${readVersion()}\n`);
} else {
  const { keepCompiledCode } = await import('./compile-cache.js');
  keepCompiledCode();
  const { main } = await import('./run.js');
  await main();
}
