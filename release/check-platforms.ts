// `npm run platforms`: the lock file names the native tools of Linux, macOS and Windows. A lock file that was made anew on one platform, or with
// a registry that lacks some builds, can miss them, and a frozen installation elsewhere has nothing to build with then.
import { readFileSync } from 'node:fs';
import { ROOT } from './published.ts';

const PLATFORMS: Readonly<Record<string, RegExp>> = {
  Linux: /^linux-(?:x64|64)(?:-gnu|-glibc)?$/u,
  macOS: /^darwin-(?:arm64|aarch64)$/u,
  Windows: /^(?:win32|windows)-(?:x64|64)(?:-msvc)?$/u,
};
/** What is missed knowingly, and why. */
const KNOWN: Readonly<Record<string, string>> = {
  'node-': 'Node 22 for the tests of other runtimes: skipped, aloud, elsewhere than on Linux',
};

const lock = readFileSync(`${ROOT}pnpm-lock.yaml`, 'utf8');
const families = new Map<string, string[]>();
for (const { groups } of lock.matchAll(
  /^ {2}'?(?<family>(?:@[\w.-]+\/)?[\w.-]*?)(?<platform>(?:linux|darwin|win32|windows)-[\w-]+)@\d[^(\n]*:$/gmu,
)) {
  const { family = '', platform = '' } = groups ?? {};
  families.set(family, [...(families.get(family) ?? []), platform]);
}
if (families.size === 0)
  throw new Error('The lock file names no native tool: is it of another form?');

for (const [family, platforms] of families) {
  for (const [system, pattern] of Object.entries(PLATFORMS)) {
    if (platforms.some((platform) => pattern.test(platform))) continue;
    const reason = KNOWN[family];
    process.stdout.write(
      `${family}* has nothing for ${system}${reason === undefined ? '' : `: ${reason}`}.\n`,
    );
    if (reason === undefined) process.exitCode = 1;
  }
}
