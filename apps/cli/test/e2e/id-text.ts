// Spec 8: an id as text, written and read here a second time, without the code that is tested.
const LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const PREFIX = 'gravy';
const ID_BYTES = 32;
const CHECKSUM_LETTERS = 6;
/** BIP 350. */
const BECH32M = 0x2bc8_30a3;
const GENERATORS = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];

/** `gravy1...` for 32 bytes. */
export function idText(id: Buffer): string {
  const bits = Array.from(id, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/gu) ?? [];
  const data = groups.map((group) => Number.parseInt(group.padEnd(5, '0'), 2));
  const codes = Buffer.from(PREFIX);
  const prefix = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  const zeros = Array.from({ length: CHECKSUM_LETTERS }, () => 0);
  const remainder = polymod([...prefix, ...data, ...zeros]) ^ BECH32M;
  const checksum = zeros.map(
    (_, index) => (remainder >> (5 * (CHECKSUM_LETTERS - 1 - index))) & 31,
  );
  return `${PREFIX}1${[...data, ...checksum].map((value) => LETTERS[value]).join('')}`;
}

/** The 32 bytes behind `gravy1...`, whose checksum is not looked at. */
export function rawId(text: string): Buffer {
  const data = text.slice(PREFIX.length + 1, -CHECKSUM_LETTERS);
  const bits = Array.from(data, (letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/gu) ?? [];
  if (bytes.length !== ID_BYTES) throw new Error(`This is no id: ${text}`);
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

function polymod(values: readonly number[]): number {
  let checksum = 1;
  for (const value of values) {
    const top = checksum >> 25;
    checksum = ((checksum & 0x1ff_ffff) << 5) ^ value;
    for (const [bit, generator] of GENERATORS.entries()) {
      if (((top >> bit) & 1) === 1) checksum ^= generator;
    }
  }
  return checksum;
}
