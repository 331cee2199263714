import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Header } from 'tar/header';
import { Pax } from 'tar/pax';

const BLOCK_BYTES = 512;
/** An archive ends with two blocks of zeros (POSIX pax, "ustar Interchange Format"). */
const END = new Uint8Array(2 * BLOCK_BYTES);

/** A piece of an archive: bytes as they are, or the content of a file. */
export type ArchivePart =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly size: number };

export interface ArchivePlan {
  readonly parts: readonly ArchivePart[];
  /** Of the whole archive. */
  readonly size: number;
  /** Of what in it was changed last, Unix milliseconds. */
  readonly modifiedAt: number;
}

/**
 * What the tar archive of a folder is made of: the same, byte for byte, as long as the folder is, so that
 * a transfer can be taken up in the middle. Links and what is neither file nor folder are left out: they
 * mean nothing on another machine, or lead out of the folder.
 */
export async function planArchive(folder: string): Promise<ArchivePlan> {
  const parts: ArchivePart[] = [];
  let modifiedAt = 0;
  const visit = async (path: string, relative: string): Promise<void> => {
    const names = (await readdir(path)).toSorted((left, right) => (left < right ? -1 : 1));
    for (const name of names) {
      const child = join(path, name);
      const { mtimeMs, size, kind } = await stat(child);
      const entry = { path: relative === '' ? name : `${relative}/${name}`, mtimeMs };
      if (kind === 'other') continue;
      modifiedAt = Math.max(modifiedAt, Math.floor(mtimeMs));
      if (kind === 'folder') {
        parts.push(header({ ...entry, type: 'Directory', size: 0 }));
        await visit(child, entry.path);
        continue;
      }
      parts.push(header({ ...entry, type: 'File', size }));
      if (size > 0) parts.push({ kind: 'file', path: child, size });
      const padding = (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;
      if (padding > 0) parts.push({ kind: 'bytes', bytes: new Uint8Array(padding) });
    }
  };
  await visit(folder, '');
  parts.push({ kind: 'bytes', bytes: END });
  const size = parts.reduce((sum, part) => sum + sizeOf(part), 0);
  return { parts, size, modifiedAt };
}

function sizeOf(part: ArchivePart): number {
  return part.kind === 'bytes' ? part.bytes.length : part.size;
}

async function stat(
  path: string,
): Promise<{ kind: 'file' | 'folder' | 'other'; size: number; mtimeMs: number }> {
  const found = await lstat(path);
  const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  return { kind, size: found.size, mtimeMs: found.mtimeMs };
}

/** Who owns it here, and who may run it, means nothing there: neither is told. */
function header(entry: {
  path: string;
  type: 'File' | 'Directory';
  size: number;
  mtimeMs: number;
}): ArchivePart {
  const { path, type, size } = entry;
  const mode = type === 'Directory' ? 0o755 : 0o644;
  const mtime = new Date(Math.floor(entry.mtimeMs / 1000) * 1000);
  const fields = { path: type === 'Directory' ? `${path}/` : path, type, size, mode, mtime };
  const plain = new Header(fields);
  // What does not fit the old header (a long name, or one that is not ASCII) goes before it.
  const needsPax = plain.encode();
  const block = plain.block ?? new Uint8Array(BLOCK_BYTES);
  const before = needsPax ? new Pax({ path: fields.path, size, mtime }).encode() : new Uint8Array();
  return { kind: 'bytes', bytes: Buffer.concat([before, block]) };
}
