import { crc32, deflateSync } from 'node:zlib';

/** A PNG of a sky: from one colour to another. */
export function picture(width: number, height: number): Buffer {
  const row = (y: number): Buffer => {
    const part = y / height;
    const colour = [240 - 120 * part, 160 - 60 * part, 110 + 60 * part].map(Math.round);
    return Buffer.from([0, ...Array.from({ length: width }, () => colour).flat()]);
  };
  const pixels = Buffer.concat(Array.from({ length: height }, (_, y) => row(y)));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
