#!/usr/bin/env node
// Nothing is imported before the version is known: below 22.18 the database library takes the process
// down without a word.
const OLDEST = [22, 18] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `gravy-gui: this is Node ${process.versions.node}, and Gravy needs ${OLDEST.join('.')} or newer.\n` +
      'Next: install it from https://nodejs.org and run gravy-gui again.\n',
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./program/run.js');
  await main(process.argv.slice(2));
}
