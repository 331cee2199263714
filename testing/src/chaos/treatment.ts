import type { SeededRandom } from '../seeded-random.js';

/** What becomes of the bytes of one direction. Offsets count the bytes of that direction, from 0. */
export interface Stretch {
  /** How long what comes at once is on its way. Nothing overtakes what went before. */
  readonly delayMs?: number | ((random: SeededRandom) => number);
  /** Into pieces, each a write of its own, a turn of the event loop after the one before. By default bytes pass as they come. */
  readonly split?: 'single bytes' | 'random';
  /** So many bytes pass; then both ends of the connection are cut, with a reset. */
  readonly cutAt?: number;
  /** So many bytes pass; then both ends are told that the other has nothing more to say, as when a process dies. */
  readonly endAt?: number;
  /**
   * So many bytes pass; then the connection is half-open: in both directions everything is taken and lost,
   * the end as well.
   */
  readonly haltAt?: number;
  readonly bytesPerSecond?: number;
}

/** What becomes of one connection. */
export interface Treatment {
  readonly toServer?: Stretch;
  readonly toClient?: Stretch;
  /** The server is dialled so much later, as over a long way; what the client sends meanwhile waits. */
  readonly dialDelayMs?: number;
  /** The client is let in, and there is nobody: the server never hears of it. */
  readonly isBlackHole?: boolean;
}

/** On a slow line no piece takes longer than this. */
const PACE_MS = 20;
const MAX_RANDOM_PIECE_BYTES = 600;

/** The pieces in which a chunk passes a stretch. */
export function* piecesOf(
  chunk: Buffer,
  { split, bytesPerSecond = Infinity }: Stretch,
  random: SeededRandom,
): Generator<Buffer> {
  const maxBytes = Math.max(1, Math.floor((bytesPerSecond * PACE_MS) / 1_000));
  for (let at = 0; at < chunk.length;) {
    const end = Math.min(chunk.length, at + Math.min(maxBytes, pieceBytes(split, random)));
    yield chunk.subarray(at, end);
    at = end;
  }
}

function pieceBytes(split: Stretch['split'], random: SeededRandom): number {
  if (split === undefined) return Infinity;
  return split === 'random' ? 1 + random.below(MAX_RANDOM_PIECE_BYTES) : 1;
}
