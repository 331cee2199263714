import { lstat, statfs } from 'node:fs/promises';
import type { Diagnosis } from '../api/schemas.js';
import type { Home } from './home.js';

const LOW_DISK_BYTES = 256 * 2 ** 20;
/** The day before which this program cannot have been running. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

/** What may be in the way apart from tunnels: the data folder, the disk, the clock. */
export async function diagnoseHome(home: Home, now: number): Promise<Diagnosis[]> {
  return [await folderCheck(home.folder), await diskCheck(home.folder), clockCheck(now)];
}

async function folderCheck(folder: string): Promise<Diagnosis> {
  const name = 'folder';
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined) {
    return { name, status: 'ok', message: `There is no data yet; it will be in ${folder}.` };
  }
  if (!found.isDirectory()) {
    const message = `${folder} is no folder. Move it away, or choose another one (--home).`;
    return { name, status: 'failed', message };
  }
  const isOthers = process.getuid !== undefined && found.uid !== process.getuid();
  if (isOthers) {
    const message = `${folder} belongs to another user. Choose another one (--home), or take it over (chown).`;
    return { name, status: 'failed', message };
  }
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    const message = `Other users may look into ${folder}. Make it private: chmod 700.`;
    return { name, status: 'note', message };
  }
  return { name, status: 'ok', message: `${folder} is yours, and private.` };
}

async function diskCheck(folder: string): Promise<Diagnosis> {
  const name = 'disk';
  const found = await statfs(folder).catch(() => undefined);
  if (found === undefined) {
    return { name, status: 'ok', message: 'Nothing is stored yet.' };
  }
  const freeBytes = found.bavail * found.bsize;
  const free = `${Math.floor(freeBytes / 2 ** 20)} MiB are free.`;
  return freeBytes < LOW_DISK_BYTES
    ? { name, status: 'note', message: `${free} Make room, or messages cannot be stored soon.` }
    : { name, status: 'ok', message: free };
}

function clockCheck(now: number): Diagnosis {
  const name = 'clock';
  const shown = new Date(now).toISOString().slice(0, 16).replace('T', ' ');
  return now < EARLIEST_MS
    ? {
        name,
        status: 'failed',
        message: `The clock says ${shown} UTC. Set it: invites would be taken for expired or for new.`,
      }
    : {
        name,
        status: 'ok',
        message: `The clock says ${shown} UTC. If that is wrong, set it: times of messages and the end of invites depend on it.`,
      };
}
