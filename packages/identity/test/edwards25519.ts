// Just enough of RFC 8032, section 5.1, to derive the encodings of small order independently of any library.
const P = 2n ** 255n - 19n;
type Point = readonly [x: bigint, y: bigint];

const mod = (value: bigint): bigint => ((value % P) + P) % P;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (
    let bit = exponent, square = mod(base);
    bit > 0n;
    bit >>= 1n, square = mod(square * square)
  ) {
    if (bit & 1n) result = mod(result * square);
  }
  return result;
}

const inverse = (value: bigint): bigint => power(value, P - 2n);
const D = mod(-121_665n * inverse(121_666n));

function add([x1, y1]: Point, [x2, y2]: Point): Point {
  const product = mod(D * x1 * x2 * y1 * y2);
  return [
    mod((x1 * y2 + x2 * y1) * inverse(1n + product)),
    mod((y1 * y2 + x1 * x2) * inverse(1n - product)),
  ];
}

/** A point with this y, if there is one. */
function pointOf(y: bigint): Point | undefined {
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * power(2n, (P - 1n) / 4n));
  return mod(x * x) === square ? [x, mod(y)] : undefined;
}

/** Every 32-byte encoding whose point, multiplied by 8, is the neutral element. */
export function smallOrderEncodings(): Set<string> {
  const L = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
  const times = (scalar: bigint, point: Point): Point => {
    let result: Point = [0n, 1n];
    for (let bit = scalar, double = point; bit > 0n; bit >>= 1n, double = add(double, double)) {
      if (bit & 1n) result = add(result, double);
    }
    return result;
  };
  // L times any point has small order; eight times such a generator runs through all of them.
  let generator: Point | undefined;
  for (let y = 2n; generator === undefined; y += 1n) {
    const point = pointOf(y);
    const candidate = point === undefined ? undefined : times(L, point);
    if (candidate !== undefined && times(4n, candidate)[1] !== 1n) generator = candidate;
  }
  const encodings = new Set<string>();
  for (let count = 0n, point: Point = [0n, 1n]; count < 8n; count += 1n) {
    // y and y + p where that still fits in 255 bits, with either sign of x: what a lax decoder accepts.
    for (const y of [point[1], point[1] + P]) {
      if (y >= 2n ** 255n) continue;
      for (const sign of [0n, 1n]) encodings.add(littleEndian(y | (sign << 255n)));
    }
    point = add(point, generator);
  }
  return encodings;
}

export function littleEndian(value: bigint): string {
  const bigEndian = [...Buffer.from(value.toString(16).padStart(64, '0'), 'hex')];
  return Buffer.from(bigEndian.toReversed()).toString('hex');
}

export const FIELD_PRIME = P;
