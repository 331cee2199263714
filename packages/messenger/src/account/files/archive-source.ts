import type { FileSource } from '../../core/ports/files.js';
import { type ArchivePart, type ArchivePlan, archiveParts } from './archive-plan.js';
import { openFileSource } from './file-source.js';

/** The archive of a folder, made while it is read. */
export function openArchiveSource(plan: ArchivePlan, confirm: () => Promise<void>): FileSource {
  const parts = archiveParts(plan);
  let current: OpenPart | undefined;
  /** Less than fits at the end of the archive, and where a file has become shorter: what follows would not be in its place. */
  const fill = async (into: Uint8Array): Promise<number> => {
    let length = 0;
    while (length < into.length) {
      if (current === undefined) {
        const { value: part } = parts.next();
        if (part === undefined) break;
        current = await openPart(part);
      }
      const read = await current.read(into.subarray(length));
      length += read;
      if (!current.hasMore()) {
        await current.close();
        current = undefined;
      } else if (read === 0) {
        break;
      }
    }
    return length;
  };
  return {
    confirm,
    read: async (into) => {
      let length = 0;
      for (const piece of into) {
        const filled = await fill(piece);
        length += filled;
        if (filled < piece.length) break;
      }
      return length;
    },
    close: async () => {
      await current?.close();
      current = undefined;
    },
  };
}

interface OpenPart {
  read(into: Uint8Array): Promise<number>;
  hasMore(): boolean;
  close(): Promise<void>;
}

async function openPart(part: ArchivePart): Promise<OpenPart> {
  let left = part.kind === 'bytes' ? part.bytes.length : part.size;
  const hasMore = (): boolean => left > 0;
  if (part.kind === 'bytes') {
    return {
      hasMore,
      read: async (into) => {
        const start = part.bytes.length - left;
        const piece = part.bytes.subarray(start, start + into.length);
        into.set(piece);
        left -= piece.length;
        return piece.length;
      },
      close: async () => undefined,
    };
  }
  const source = await openFileSource(part.path);
  return {
    hasMore,
    // Not more than was planned, though the file may have grown.
    read: async (into) => {
      const length = await source.read([into.subarray(0, Math.min(left, into.length))]);
      left -= length;
      return length;
    },
    close: () => source.close(),
  };
}
