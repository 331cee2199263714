import { picturePixels } from './picture-pixels.js';

/** More than cameras of telephones make; decoded it takes four bytes a pixel. */
const MAX_PIXELS = 40_000_000;

/** First bytes of the kinds of pictures that are shown. What a file is called says nothing. */
const KINDS: readonly { readonly type: string; readonly fits: (bytes: Uint8Array) => boolean }[] = [
  {
    type: 'image/png',
    fits: (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  { type: 'image/jpeg', fits: (bytes) => begins(bytes, [0xff, 0xd8, 0xff]) },
  { type: 'image/gif', fits: (bytes) => begins(bytes, [0x47, 0x49, 0x46, 0x38]) },
  {
    type: 'image/webp',
    fits: (bytes) =>
      begins(bytes, [0x52, 0x49, 0x46, 0x46]) &&
      begins(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]),
  },
];

/** The type of a picture that a browser decodes and never runs; undefined for everything else. */
export function pictureType(bytes: Uint8Array): string | undefined {
  return KINDS.find(({ fits }) => fits(bytes))?.type;
}

/** The same, of a picture that does not take more memory than a page can spare. */
export function shownPictureType(bytes: Uint8Array): string | undefined {
  const type = pictureType(bytes);
  const pixels = type === undefined ? undefined : picturePixels(type, bytes);
  return pixels === undefined || pixels > MAX_PIXELS ? undefined : type;
}

function begins(bytes: Uint8Array, first: readonly number[]): boolean {
  return first.every((byte, index) => bytes[index] === byte);
}
