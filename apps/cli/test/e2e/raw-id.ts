const LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const PREFIX = 'gravy1';
const CHECKSUM_LETTERS = 6;

/** The 32 bytes behind `gravy1...` (bech32m, without a look at its checksum). */
export function rawId(text: string): Buffer {
  const data = text.slice(PREFIX.length, -CHECKSUM_LETTERS);
  const bits = Array.from(data, (letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/gu) ?? [];
  if (bytes.length !== 32) throw new Error(`This is no id: ${text}`);
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
