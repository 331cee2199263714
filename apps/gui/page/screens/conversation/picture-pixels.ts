/** Reads one kind of header; undefined if it does not say how large the picture is. */
type Reader = (view: DataView) => number | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  'image/png': ofPng,
  'image/jpeg': ofJpeg,
  'image/gif': ofGif,
  'image/webp': ofWebp,
};

/**
 * How many pixels a browser makes room for to show a picture, read from its header: a few kilobytes
 * can ask for gigabytes. Undefined if the header is cut off, or no such header.
 */
export function picturePixels(type: string, bytes: Uint8Array): number | undefined {
  try {
    return READERS[type]?.(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // Beyond the end of what there is.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first chunk, which must be IHDR. */
function ofPng(view: DataView): number | undefined {
  return fourCharacters(view, 12) === 'IHDR' ? view.getUint32(16) * view.getUint32(20) : undefined;
}

/** Segments, each with its length, until a frame begins: SOF0 to SOF15 but for DHT, JPG and DAC. */
function ofJpeg(view: DataView): number | undefined {
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      // A height of 0 is said later on, by then too late for us.
      return view.getUint16(at + 5) * view.getUint16(at + 7) || undefined;
    }
    // A marker may be filled up with any number of 0xff before it.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
}

/** The screen, or the first frame, to which browsers enlarge it. */
function ofGif(view: DataView): number | undefined {
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  let at = 13 + colourBytes(view.getUint8(10));
  // Extensions: a label, then blocks until an empty one.
  while (view.getUint8(at) === 0x21) {
    at += 2;
    while (view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
    at += 1;
  }
  if (view.getUint8(at) !== 0x2c) return undefined;
  const [left, top] = [view.getUint16(at + 1, true), view.getUint16(at + 3, true)];
  const right = left + view.getUint16(at + 5, true);
  const bottom = top + view.getUint16(at + 7, true);
  return Math.max(width, right) * Math.max(height, bottom);
}

function colourBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** One of three kinds of first chunks: lossy, lossless, or extended with a canvas. */
function ofWebp(view: DataView): number | undefined {
  if (fourCharacters(view, 12) === 'VP8 ') {
    return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
  }
  if (fourCharacters(view, 12) === 'VP8L') {
    const bits = view.getUint32(21, true);
    return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1);
  }
  if (fourCharacters(view, 12) === 'VP8X') return (uint24(view, 24) + 1) * (uint24(view, 27) + 1);
  return undefined;
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
}

function fourCharacters(view: DataView, at: number): string {
  const bytes = [0, 1, 2, 3].map((index) => view.getUint8(at + index));
  return String.fromCodePoint(...bytes);
}
