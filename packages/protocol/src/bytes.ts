// Byte strings of Spec 0.1: integers are big-endian, `concatBytes` is `||`.

const encoder = new TextEncoder();

/** No bytes: one for all, as nobody can change it. */
export const NO_BYTES = new Uint8Array(0);

/** The bytes of an ASCII label or context. */
export function labelBytes(label: string): Uint8Array {
  return encoder.encode(label);
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * A copy of the bytes from `start` to `end`. Not by `slice`: that of a Buffer, which is a Uint8Array too, gives a view, and to erase
 * the one would erase the other.
 */
export function copyBytes(
  bytes: Uint8Array,
  start?: number,
  end?: number,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.subarray(start, end));
}

/** Looks at every byte whatever the first ones are; the lengths are no secret. */
export function equalConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const left = viewOf(a);
  const right = viewOf(b);
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) {
    difference |= left.getUint8(index) ^ right.getUint8(index);
  }
  return difference === 0;
}

export function isAllZero(bytes: Uint8Array): boolean {
  let seen = 0;
  for (const byte of bytes) seen |= byte;
  return seen === 0;
}

/** Overwrites secrets. Copies that the engine made by itself are out of reach. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export const UINT32_SPAN = 2 ** 32;

/** Writes a whole number below 2^53 as u64. */
export function writeUint64(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, Math.floor(value / UINT32_SPAN));
  view.setUint32(offset + 4, value % UINT32_SPAN);
}

/** Reads a u64; what a number cannot hold exactly becomes the largest safe integer. */
export function readUint64(view: DataView, offset: number): number {
  const value = view.getUint32(offset) * UINT32_SPAN + view.getUint32(offset + 4);
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}
