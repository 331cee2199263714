import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Parser } from 'tar/parse';
import type { ReadEntry } from 'tar/read-entry';
import { numberedName, receivedName } from '../../core/files/received-name.js';
import { TransferEnd } from '../../core/files/transfer-end.js';
import {
  MAX_ARCHIVE_DEPTH,
  MAX_ARCHIVE_ENTRIES,
  MAX_ARCHIVE_PATH_BYTES,
} from '../../core/files/archive-limits.js';
import { syncAll } from './sync-folder.js';

/** Of entries whose names come out the same. */
const MAX_NAMESAKES = 1_000;
/** Two blocks of zeros. */
const EMPTY_ARCHIVE_BYTES = 1_024;
const MAX_META_BYTES = 64 * 1_024;

/**
 * Unpacks a received archive beside itself; resolves with the folder's path, once all in it has reached the
 * medium. Whatever the archive says, only files and folders are made, below that folder, under clean names:
 * links, devices and the like are left out, and nothing that is there is replaced.
 */
export async function unpackArchive(archive: string): Promise<string> {
  const root = unpackedPath(archive);
  await rm(root, { recursive: true, force: true }); // of an attempt that was interrupted
  await mkdir(root, { mode: 0o700 });
  const unpacking = new Unpacking(root);
  try {
    if (!(await isEmptyArchive(archive))) await parse(archive, unpacking);
    await syncAll(unpacking.made);
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    if (isOfDisk(error) || error instanceof TransferEnd) throw error;
    throw new TransferEnd('peer', 'The folder arrived as an archive that cannot be read.', {
      cause: error,
    });
  }
  return root;
}

/** Where an archive is unpacked. */
export function unpackedPath(archive: string): string {
  return `${archive}.folder`;
}

async function parse(archive: string, unpacking: Unpacking): Promise<void> {
  const parser = new Parser({ strict: true, maxMetaEntrySize: MAX_META_BYTES, brotli: false });
  const failing = new AbortController();
  let work: Promise<void> = Promise.resolve();
  parser.on('entry', (entry: ReadEntry) => {
    // The parser waits for an entry to be read before it gives the next. One that cannot be written would
    // hold it for ever: then all of it is called off.
    work = work
      .then(() => (failing.signal.aborted ? undefined : unpacking.take(entry)))
      .catch((error: unknown) => failing.abort(error));
  });
  try {
    await pipeline(createReadStream(archive), parser, { signal: failing.signal });
  } catch (error) {
    await work;
    throw failing.signal.aborted ? failing.signal.reason : error;
  }
  await work;
  failing.signal.throwIfAborted();
}

/** A folder of the archive, by what its entries are called here. */
interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  /** The next number to try for a name, so that a thousand of one name are not tried against each other. */
  readonly namesakes: Map<string, number>;
}

function folderAt(path: string): Folder {
  return { path, folders: new Map(), namesakes: new Map() };
}

class Unpacking {
  /** All files and folders, to be brought to the medium. */
  readonly made: string[];
  readonly #root: Folder;

  constructor(root: string) {
    this.made = [root];
    this.#root = folderAt(root);
  }

  async take(entry: ReadEntry): Promise<void> {
    const components = entry.path.split('/').filter((part) => part !== '' && part !== '.');
    const isKnownKind = entry.type === 'File' || entry.type === 'Directory';
    const leadsOut = components.includes('..') || components.length > MAX_ARCHIVE_DEPTH;
    const isLong = Buffer.byteLength(entry.path) > MAX_ARCHIVE_PATH_BYTES + 1;
    if (!isKnownKind || leadsOut || isLong || components.length === 0) {
      entry.resume();
      return;
    }
    const folder = await this.#folder(components.slice(0, -1));
    const name = components.at(-1) ?? '';
    if (entry.type === 'Directory') {
      await this.#folderIn(folder, name);
      entry.resume();
      return;
    }
    const path = await this.#free(folder, name);
    // Nothing received can be run, whatever it was where it came from.
    await pipeline(entry, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  }

  async #folder(components: readonly string[]): Promise<Folder> {
    let folder = this.#root;
    for (const component of components) folder = await this.#folderIn(folder, component);
    return folder;
  }

  /** The folder of this name, made if it is not there yet. */
  async #folderIn(parent: Folder, name: string): Promise<Folder> {
    const clean = receivedName(name);
    const known = parent.folders.get(clean);
    if (known !== undefined) return known;
    const folder = folderAt(await this.#free(parent, name));
    await mkdir(folder.path, { mode: 0o700 });
    parent.folders.set(clean, folder);
    return folder;
  }

  /** Two names may be one after cleaning, or on a file system that ignores case. */
  async #free({ path: parent, namesakes }: Folder, name: string): Promise<string> {
    if (this.made.length > MAX_ARCHIVE_ENTRIES) {
      throw new TransferEnd('peer', 'The folder has too many files.');
    }
    const clean = receivedName(name);
    for (let number = namesakes.get(clean) ?? 0; number < MAX_NAMESAKES; number++) {
      const path = join(parent, numberedName(clean, number));
      if ((await lstat(path).catch(() => undefined)) !== undefined) continue;
      // Only where there is another: most names are there once.
      if (number > 0) namesakes.set(clean, number + 1);
      this.made.push(path);
      return path;
    }
    throw new TransferEnd('peer', 'Too many files of the folder have the same name.');
  }
}

/**
 * Whether there is anything in it. The parser would take nothing for damage, and would inflate a compressed
 * archive of itself, to whatever size: no sender of ours compresses. @throws TransferEnd
 */
async function isEmptyArchive(archive: string): Promise<boolean> {
  const file = await open(archive, 'r');
  try {
    const start = Buffer.alloc(EMPTY_ARCHIVE_BYTES + 1);
    const { bytesRead } = await file.read(start, 0, start.length, 0);
    const isGzip = start.readUInt16BE(0) === 0x1f8b;
    const isZstandard = start.readUInt32BE(0) === 0x28b52ffd;
    if (isGzip || isZstandard) throw new TransferEnd('peer', 'The folder arrived compressed.');
    return bytesRead === EMPTY_ARCHIVE_BYTES && start.every((byte) => byte === 0);
  } finally {
    await file.close();
  }
}

function isOfDisk(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOSPC', 'EDQUOT', 'EIO', 'EACCES', 'EROFS', 'EMFILE', 'ENFILE'].includes(code);
}
