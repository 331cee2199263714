import { type ChunkRoom, chunkRoom } from '../../application/file-chunk.js';
import { ahead } from '../ahead.js';
import type { FileSource } from '../ports/files.js';
import { READ_CHUNKS } from './limits.js';

interface FilledRoom {
  readonly room: ChunkRoom;
  /** So many bytes of it are filled. */
  readonly length: number;
}

/**
 * Reads the next `bytes` of a file, chunk by chunk; a chunk is done with when the next one is asked for. A reading goes through
 * another thread, and waking that takes as long as the reading: so several chunks are read at once, and the next ones while
 * these are sent. Ends early where the file does, and rejects with what reading rejects with.
 */
export async function* readAhead(options: {
  id: Uint8Array;
  source: Pick<FileSource, 'read'>;
  bytes: number;
  chunkDataBytes: number;
}): AsyncGenerator<FilledRoom> {
  const { id, source, bytes, chunkDataBytes } = options;
  const newBatch = (bytesToCome: number): readonly ChunkRoom[] => {
    const length = Math.min(READ_CHUNKS, Math.ceil(bytesToCome / chunkDataBytes));
    const dataBytes = Math.min(chunkDataBytes, bytesToCome);
    return Array.from({ length }, () => chunkRoom({ id, dataBytes }));
  };
  const read = (rooms: readonly ChunkRoom[]): Promise<number> =>
    ahead(source.read(rooms.map(({ data }) => data)));

  let rooms = newBatch(bytes);
  let nextRooms: readonly ChunkRoom[] | undefined;
  let reading = read(rooms);
  try {
    for (let done = 0; done < bytes;) {
      let filled = await reading;
      if (filled === 0) return;
      done += filled;
      nextRooms ??= newBatch(Math.max(0, bytes - done));
      if (done < bytes) reading = read(nextRooms);
      for (const room of rooms) {
        const length = Math.min(filled, room.data.length);
        if (length > 0) yield { room, length };
        filled -= length;
      }
      [rooms, nextRooms] = [nextRooms, rooms];
    }
  } finally {
    await reading.catch(() => undefined); // whoever asked for this closes the file after it
  }
}
