import { gunzipSync } from 'node:zlib';

const BLOCK_BYTES = 512;

/**
 * The one file of this name out of a gzipped tar archive, as which cloudflared comes for macOS. Undefined if it is not in there
 * or the archive is damaged. No other entry is looked at, so none can be written anywhere.
 */
export function extractFile(
  archive: Uint8Array,
  name: string,
  maxBytes: number,
): Uint8Array | undefined {
  let tar: Buffer;
  try {
    tar = gunzipSync(archive, { maxOutputLength: maxBytes });
  } catch {
    return undefined;
  }
  for (let at = 0; at + BLOCK_BYTES <= tar.length;) {
    const size = Number.parseInt(textOf(tar, at + 124, 12).trim(), 8);
    if (!Number.isSafeInteger(size) || size < 0) return undefined;
    const isFile = ['0', ''].includes(textOf(tar, at + 156, 1));
    const start = at + BLOCK_BYTES;
    if (isFile && textOf(tar, at, 100).replace(/^\.\//u, '') === name) {
      return start + size <= tar.length ? tar.subarray(start, start + size) : undefined;
    }
    at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return undefined;
}

function textOf(tar: Buffer, at: number, length: number): string {
  const field = tar.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end === -1 ? length : end);
}
