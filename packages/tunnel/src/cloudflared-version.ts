import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { launchEnvironment } from './launch-environment.js';
import { VERSION_TIMEOUT_MS } from './limits.js';

/** The oldest that knows every option used here; `--token-file` came last. */
export const OLDEST_VERSION = '2025.4.0';

const run = promisify(execFile);

/** The version that a program tells if it is cloudflared; undefined if it does not run or is something else. */
export async function readVersion(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], {
      timeout: VERSION_TIMEOUT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 65_536,
      windowsHide: true,
      env: launchEnvironment(process.env),
    });
    return /^cloudflared version (\d{4}\.\d{1,2}\.\d{1,3})\b/u.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number));
  for (let part = 0; part < 3; part += 1) {
    const difference = (one?.[part] ?? 0) - (other?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
