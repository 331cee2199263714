// The numbers of Spec 8.5, and what a host allows a contact to make it keep.
import { MAX_CHUNK_DATA_BYTES, MAX_TUNNEL_CHUNK_DATA_BYTES } from '../../application/file-chunk.js';
import type { Session } from '../sessions/session-registry.js';

// Specified.

/** How far a sender goes beyond what the receiver has on disk. */
const WINDOW_BYTES = 4 * 2 ** 20;
const TUNNEL_WINDOW_BYTES = 512 * 1_024;
/** At the latest after so many, the receiver says what it has. */
export const CREDIT_EVERY_BYTES = 128 * 1_024;

// Chosen.

/** Offers of one contact that wait for the person; further ones are declined. */
export const MAX_UNDECIDED_OFFERS = 100;
/** What is read at once where nothing is sent. */
export const READ_BYTES = 2 ** 20;
/** Between two events about the progress of one file. */
export const PROGRESS_EVERY_MS = 250;

/** What suits the way that a session takes. */
export function flowOf({ tunnel }: Session): { windowBytes: number; chunkDataBytes: number } {
  return tunnel
    ? { windowBytes: TUNNEL_WINDOW_BYTES, chunkDataBytes: MAX_TUNNEL_CHUNK_DATA_BYTES }
    : { windowBytes: WINDOW_BYTES, chunkDataBytes: MAX_CHUNK_DATA_BYTES };
}

/** The most that a correct sender can have on its way: the larger window, since only it knows which is its own. */
export const MAX_UNWRITTEN_BYTES = WINDOW_BYTES + MAX_CHUNK_DATA_BYTES;
