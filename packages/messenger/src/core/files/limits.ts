// The numbers of Spec 8.5, and what a host allows a contact to make it keep.
import { MAX_CHUNK_DATA_BYTES, MAX_TUNNEL_CHUNK_DATA_BYTES } from '../../application/file-chunk.js';
import type { Session } from '../sessions/session-registry.js';
import type { Places } from './gate.js';

// Specified.

/** How far a sender goes beyond what the receiver has on disk. */
const WINDOW_BYTES = 4 * 2 ** 20;
const TUNNEL_WINDOW_BYTES = 512 * 1_024;
/** At the latest after so many, the receiver says what it has. */
export const CREDIT_EVERY_BYTES = 128 * 1_024;

// Chosen.

/** Offers of one contact that wait for the person; further ones are declined. */
export const MAX_UNDECIDED_OFFERS = 100;
/** Files of one contact that were accepted and are not there yet; further ones wait for the person. */
export const MAX_ACCEPTED_OFFERS = 1_000;
/** What files that nobody was asked about leave free on the disk. */
export const WELCOME_RESERVE_BYTES = 2 ** 30;
/**
 * Files that come in over one session at once, by how much of them is to come; the others wait. Each may have a window's worth in
 * memory. A large one can take hours: places are left for those that take seconds.
 */
export const INCOMING_PLACES: readonly Places[] = [
  { aboveBytes: -1, most: 8 },
  { aboveBytes: 4 * 2 ** 20, most: 6 },
  { aboveBytes: 256 * 2 ** 20, most: 4 },
];
/**
 * The same for those that go out: a peer can ask for all that it was offered. Twice as many, because one that the receiver's disk
 * has stopped keeps its place here.
 */
export const OUTGOING_PLACES: readonly Places[] = INCOMING_PLACES.map(({ aboveBytes, most }) => ({
  aboveBytes,
  most: most * 2,
}));
/** Answers about files that are over which a peer has not read; further ones are not said. */
export const MAX_UNSENT_ANSWERS = 1_000;
/** How often a peer may ask for one file in one session: each time its beginning is hashed. */
export const MAX_ACCEPTS_PER_SESSION = 32;
/** What is sent ahead on a way may make a chunk so much later than at best, and a text behind it, too. */
export const AIMED_DELAY_MS = 50;
/**
 * Smaller chunks that wait for the disk are put together, up to so much: each by itself costs the same, however small it is. Not
 * more, as credit is for what was written at once.
 */
export const SMALL_CHUNK_BYTES = 16 * 1_024;
/** Chunks that are read at once; twice as many are in memory for each file that goes out. */
export const READ_CHUNKS = 4;
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
