// `npm run reproducible`: builds and packs this commit in two fresh clones, in folders of different names, and compares the tarballs byte
// for byte. Whoever checks out a release can so tell whether what npm has was made from it. Prints the SHA-256 of each.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { publishedPackages, ROOT } from './published.ts';
import { runTool } from './run-tool.ts';
import { packInto } from './tarball.ts';

function must(command: string, args: readonly string[], cwd: string): void {
  const { isOk } = runTool(command, args, {
    cwd,
    isQuiet: true,
    // Nothing from a cache: all of it is built twice.
    env: { ...process.env, TURBO_FORCE: 'true', TURBO_TELEMETRY_DISABLED: '1' },
  });
  if (!isOk) throw new Error(`"${command} ${args.join(' ')}" failed.`);
}

/** @returns the SHA-256 of each tarball by its name */
function packClone(clone: string): ReadonlyMap<string, string> {
  must('git', ['clone', '--quiet', ROOT, clone], ROOT);
  must('npm', ['run', '--silent', 'setup'], clone);
  must('npm', ['run', '--silent', 'build'], clone);
  const packed = `${clone}-packed`;
  mkdirSync(packed);
  return new Map(
    publishedPackages().map(({ directory }) => {
      const { path } = packInto(join(clone, directory), packed);
      const sum = createHash('sha256').update(readFileSync(path)).digest('hex');
      return [basename(path), sum];
    }),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'gravy-twice-'));
try {
  const first = packClone(join(folder, 'one'));
  const second = packClone(join(folder, 'another-one'));
  for (const [name, sum] of first) {
    const isSame = second.get(name) === sum;
    if (!isSame) process.exitCode = 1;
    process.stdout.write(`${sum}  ${name}${isSame ? '' : '  DIFFERS in the second clone'}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
