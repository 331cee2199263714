import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Parser } from 'tar/parse';
import type { ReadEntry } from 'tar/read-entry';
import { numberedName, receivedName } from '../../core/files/received-name.js';
import { TransferEnd } from '../../core/files/transfer-end.js';

const MAX_DEPTH = 64;
/** Of entries whose names come out the same. */
const MAX_NAMESAKES = 1_000;

/**
 * Unpacks a received archive beside itself and removes it; resolves with the folder's path. Whatever the
 * archive says, only files and folders are made, below that folder, under clean names: links, devices and
 * the like are left out, and nothing that is there is replaced.
 */
export async function unpackArchive(archive: string): Promise<string> {
  const root = unpackedPath(archive);
  await rm(root, { recursive: true, force: true }); // of an attempt that was interrupted
  await mkdir(root, { mode: 0o700 });
  /** Where an entry of the archive is here, by the path that it has there. */
  const places = new Map<string, string>([['', root]]);
  const parser = new Parser({ strict: true, maxMetaEntrySize: 64 * 1024 });
  let failure: unknown;
  let work: Promise<void> = Promise.resolve();
  parser.on('entry', (entry: ReadEntry) => {
    // The parser waits for an entry to be read before it gives the next.
    work = work
      .then(async () => {
        if (failure === undefined) await unpack(entry, places);
        else entry.resume();
      })
      .catch((error: unknown) => {
        failure ??= error;
        entry.resume();
      });
  });
  try {
    await pipeline(createReadStream(archive), parser);
    await work;
    if (failure !== undefined) throw failure;
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    if (isOfDisk(error) || error instanceof TransferEnd) throw error;
    throw new TransferEnd('peer', 'The folder arrived as an archive that cannot be read.', {
      cause: error,
    });
  }
  await rm(archive);
  return root;
}

/** Where an archive is unpacked. */
export function unpackedPath(archive: string): string {
  return `${archive}.folder`;
}

async function unpack(entry: ReadEntry, places: Map<string, string>): Promise<void> {
  const components = entry.path.split('/').filter((part) => part !== '' && part !== '.');
  const isKnownKind = entry.type === 'File' || entry.type === 'Directory';
  const leadsOut = components.includes('..') || components.length > MAX_DEPTH;
  if (!isKnownKind || leadsOut || components.length === 0) {
    entry.resume();
    return;
  }
  if (entry.type === 'Directory') {
    await folderFor(components, places);
    entry.resume();
    return;
  }
  const folder = await folderFor(components.slice(0, -1), places);
  const path = await freePath(folder, components.at(-1) ?? '');
  // Nothing received can be run, whatever it was where it came from.
  await pipeline(entry, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
}

/** The folder that stands for these components, made if it is not there yet. */
async function folderFor(
  components: readonly string[],
  places: Map<string, string>,
): Promise<string> {
  let [key, path] = ['', places.get('') ?? ''];
  for (const component of components) {
    key = `${key}/${component}`;
    const known = places.get(key);
    path = known ?? (await freePath(path, component));
    if (known !== undefined) continue;
    await mkdir(path, { mode: 0o700 });
    places.set(key, path);
  }
  return path;
}

/** Two names may be one after cleaning, or on a file system that ignores case. */
async function freePath(folder: string, name: string): Promise<string> {
  for (let number = 0; number < MAX_NAMESAKES; number++) {
    const path = join(folder, numberedName(receivedName(name), number));
    if ((await lstat(path).catch(() => undefined)) === undefined) return path;
  }
  throw new TransferEnd('peer', 'Too many files of the archive have the same name.');
}

function isOfDisk(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOSPC', 'EDQUOT', 'EIO', 'EACCES', 'EROFS'].includes(code);
}
