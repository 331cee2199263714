import { lstatSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { defaultHome } from '@gravy/messenger/home';

/**
 * What V8 compiles of this program is there at the next start, which takes an eighth less time: docs/decisions/0030. It is code that
 * will run, so it is kept only where nobody else can write: in a folder of data that is there already, ours, and closed to others.
 */
export function keepCompiledCode(): void {
  const home = defaultHome(process.env);
  if (!isPrivate(home)) return;
  // Node makes folders of its own there, as open as the umask lets it.
  const umask = process.umask(0o077);
  enableCompileCache(join(home, 'cache'));
  process.umask(umask);
}

function isPrivate(folder: string): boolean {
  try {
    const found = lstatSync(folder);
    if (!found.isDirectory()) return false;
    // Windows has no such modes: what is in somebody's profile is theirs.
    if (process.getuid === undefined) return true;
    return found.uid === process.getuid() && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}
