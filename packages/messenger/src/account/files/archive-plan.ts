import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Header } from 'tar/header';
import { Pax } from 'tar/pax';
import { MessengerError } from '../../errors.js';
import {
  MAX_ARCHIVE_DEPTH,
  MAX_ARCHIVE_ENTRIES,
  MAX_ARCHIVE_PATH_BYTES,
} from '../../core/files/archive-limits.js';

const BLOCK_BYTES = 512;
/** An archive ends with two blocks of zeros (POSIX pax, "ustar Interchange Format"). */
const END_BYTES = 2 * BLOCK_BYTES;

/** A file or folder of an archive. */
interface ArchiveEntry {
  /** Where it is here. */
  readonly source: string;
  /** Where it is in the archive. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Of its content. */
  readonly size: number;
  /** Whole seconds: all that every header can hold. */
  readonly modifiedSeconds: number;
}

/** A piece of an archive: bytes as they are, or the content of a file. */
export type ArchivePart =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly size: number };

export interface ArchivePlan {
  readonly entries: readonly ArchiveEntry[];
  /** Of the whole archive. */
  readonly size: number;
  /** Of what in it was changed last, Unix milliseconds. */
  readonly modifiedAt: number;
}

/**
 * What the tar archive of a folder is made of: the same, byte for byte, as long as the folder is, so that
 * a transfer can be taken up in the middle. Links and what is neither file nor folder are left out: they
 * mean nothing on another machine, or lead out of the folder.
 * @throws MessengerError `no_such_file` for what its receiver would refuse
 */
export async function planArchive(folder: string): Promise<ArchivePlan> {
  const entries: ArchiveEntry[] = [];
  let [modifiedAt, size] = [Math.floor((await lstat(folder)).mtimeMs), END_BYTES];
  const visit = async (parent: string, relative: string, depth: number): Promise<void> => {
    const names = (await readdir(parent)).toSorted((left, right) => (left < right ? -1 : 1));
    for (const name of names) {
      const source = join(parent, name);
      const found = await lstat(source);
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
      if (kind === 'other') continue;
      modifiedAt = Math.max(modifiedAt, Math.floor(found.mtimeMs));
      const entry: ArchiveEntry = {
        source,
        path: relative === '' ? name : `${relative}/${name}`,
        kind,
        size: kind === 'file' ? found.size : 0,
        modifiedSeconds: Math.floor(found.mtimeMs / 1_000),
      };
      entries.push(entry);
      if (entries.length > MAX_ARCHIVE_ENTRIES || isTooDeep(entry, depth)) throw tooLarge();
      size += headerOf(entry).length + entry.size + paddingAfter(entry);
      if (kind === 'folder') await visit(source, entry.path, depth + 1);
    }
  };
  await visit(folder, '', 1);
  return { entries, size, modifiedAt };
}

/** The pieces one after the other, each made when it is asked for. */
export function* archiveParts({ entries }: ArchivePlan): Generator<ArchivePart> {
  for (const entry of entries) {
    yield { kind: 'bytes', bytes: headerOf(entry) };
    if (entry.size > 0) yield { kind: 'file', path: entry.source, size: entry.size };
    const padding = paddingAfter(entry);
    if (padding > 0) yield { kind: 'bytes', bytes: new Uint8Array(padding) };
  }
  yield { kind: 'bytes', bytes: new Uint8Array(END_BYTES) };
}

/** Who owns it here, and who may run it, means nothing there: neither is told. */
function headerOf({ path, kind, size, modifiedSeconds }: ArchiveEntry): Uint8Array {
  const fields = {
    path: kind === 'folder' ? `${path}/` : path,
    type: kind === 'folder' ? ('Directory' as const) : ('File' as const),
    size,
    mode: kind === 'folder' ? 0o755 : 0o644,
    mtime: new Date(modifiedSeconds * 1_000),
  };
  const plain = new Header(fields);
  // What does not fit the old header (a long name, or one that is not ASCII) goes before it.
  const needsPax = plain.encode();
  const block = plain.block ?? new Uint8Array(BLOCK_BYTES);
  if (!needsPax) return block;
  const { mtime } = fields;
  return Buffer.concat([new Pax({ path: fields.path, size, mtime }).encode(), block]);
}

function paddingAfter({ size }: ArchiveEntry): number {
  return (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;
}

function isTooDeep({ path }: ArchiveEntry, depth: number): boolean {
  return depth > MAX_ARCHIVE_DEPTH || Buffer.byteLength(path) > MAX_ARCHIVE_PATH_BYTES;
}

function tooLarge(): MessengerError {
  return new MessengerError(
    'no_such_file',
    'This folder has too many files, or is too deep, to be sent as one. Pack it into one file first.',
  );
}
