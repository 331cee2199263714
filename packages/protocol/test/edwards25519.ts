// Edwards25519 in big integers, straight from RFC 8032, section 5.1: slow, and only to check tables and make odd points.

export const P = 2n ** 255n - 19n;
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;

export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const mod = (value: bigint): bigint => ((value % P) + P) % P;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

const inverse = (value: bigint): bigint => power(value, P - 2n);
const D = mod(-121665n * inverse(121666n));
const SQRT_MINUS_ONE = power(2n, (P - 1n) / 4n);

const IDENTITY: Point = { x: 0n, y: 1n };

export function add(a: Point, b: Point): Point {
  const product = mod(D * mod(a.x * b.x) * mod(a.y * b.y));
  return {
    x: mod((a.x * b.y + a.y * b.x) * inverse(1n + product)),
    y: mod((a.y * b.y + a.x * b.x) * inverse(1n - product)),
  };
}

function multiply(point: Point, scalar: bigint): Point {
  let result = IDENTITY;
  let doubled = point;
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = add(result, doubled);
    doubled = add(doubled, doubled);
  }
  return result;
}

const equal = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;

/** The point with this y and the even x, if there is one. */
export function pointAt(y: bigint): Point | undefined {
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  const root = power(square, (P + 3n) / 8n);
  const x = [root, mod(root * SQRT_MINUS_ONE)].find((it) => mod(it * it) === square);
  if (x === undefined) return undefined;
  return { x: x & 1n ? P - x : x, y: mod(y) };
}

/** 32 bytes, little-endian, for a y of less than 2^255 (canonical or not) and a sign bit. */
export function encode(y: bigint, sign: bigint): Uint8Array {
  const hex = (y | (sign << 255n)).toString(16).padStart(64, '0');
  return new Uint8Array(Buffer.from(hex, 'hex')).toReversed();
}

export const encodePoint = ({ x, y }: Point): Uint8Array => encode(y, x & 1n);

export function decodePoint(bytes: Uint8Array): Point {
  const value = BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`);
  const point = pointAt(value & (2n ** 255n - 1n));
  if (!point) throw new Error('not on the curve');
  return value >> 255n ? { x: mod(-point.x), y: point.y } : point;
}

/** The 8 points of small order. */
export function smallOrderPoints(): readonly Point[] {
  for (let y = 2n; ; y += 1n) {
    const point = pointAt(y);
    const generator = point && multiply(point, L);
    if (generator && !equal(multiply(generator, 4n), IDENTITY)) {
      return Array.from({ length: 8 }, (_, index) => multiply(generator, BigInt(index)));
    }
  }
}
