import { describe, expect, it } from 'vitest';
import { readAhead } from '../../src/core/files/read-ahead.js';

const ID = new Uint8Array(16).fill(1);
const CHUNK = 1_000;

/** A file of this content, which gives at most `most` bytes at once, and notes what it was asked for. */
function sourceOf(content: Uint8Array, most = Infinity) {
  const asked: number[] = [];
  let position = 0;
  return {
    asked,
    read: async (into: readonly Uint8Array[]): Promise<number> => {
      asked.push(into.length);
      const from = position;
      for (const piece of into) {
        const end = Math.min(position + piece.length, content.length, from + most);
        piece.set(content.subarray(position, end));
        position = end;
      }
      return position - from;
    },
  };
}

const contentOf = (bytes: number): Uint8Array => new Uint8Array(bytes).map((_, at) => at * 7);

/** All chunks, copied as they come: their memory is used again. */
async function readAll(source: ReturnType<typeof sourceOf>, bytes: number): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const { room, length } of readAhead({
    id: ID,
    source,
    bytes,
    chunkDataBytes: CHUNK,
  })) {
    chunks.push(Buffer.from(room.data.subarray(0, length)));
  }
  return chunks;
}

describe('reading a file ahead', () => {
  it.each([0, 1, CHUNK, CHUNK + 1, 4 * CHUNK, 4 * CHUNK + 1, 8 * CHUNK, 9 * CHUNK, 33 * CHUNK + 5])(
    'gives all of %i bytes, in chunks of which only the last is shorter',
    async (bytes) => {
      const content = contentOf(bytes);
      const chunks = await readAll(sourceOf(content), bytes);
      expect(Buffer.concat(chunks).equals(content)).toBe(true);
      expect(chunks.slice(0, -1).every(({ length }) => length === CHUNK)).toBe(true);
      expect(chunks).toHaveLength(Math.ceil(bytes / CHUNK));
    },
  );

  it('asks for four chunks at once, and for one where there is no more', async () => {
    const [long, short] = [sourceOf(contentOf(9 * CHUNK)), sourceOf(contentOf(10))];
    await readAll(long, 9 * CHUNK);
    await readAll(short, 10);
    expect(long.asked.slice(0, 2)).toEqual([4, 4]);
    expect(short.asked).toEqual([1]);
  });

  it('ends where a file does that has become shorter', async () => {
    const content = contentOf(2_500);
    const chunks = await readAll(sourceOf(content), 10 * CHUNK);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });

  it('loses nothing of a file of which less comes at once', async () => {
    const content = contentOf(20 * CHUNK);
    const chunks = await readAll(sourceOf(content, 1_700), content.length);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });

  it('rejects with what reading rejects with, once what came before it has been given', async () => {
    const { read } = sourceOf(contentOf(20 * CHUNK));
    let calls = 0;
    const source = {
      read: async (into: readonly Uint8Array[]): Promise<number> => {
        calls += 1;
        if (calls === 2) throw new Error('The disk is broken.');
        return read(into);
      },
    };
    let chunks = 0;
    const all = (async () => {
      const reading = readAhead({ id: ID, source, bytes: 20 * CHUNK, chunkDataBytes: CHUNK });
      for await (const { length } of reading) chunks += length / CHUNK;
    })();
    await expect(all).rejects.toThrow('The disk is broken.');
    expect(chunks).toBe(4);
  });

  it('waits for the reading that is under way when nobody wants more', async () => {
    const held = Promise.withResolvers<number>();
    const { read } = sourceOf(contentOf(20 * CHUNK));
    let calls = 0;
    const source = {
      read: (into: readonly Uint8Array[]): Promise<number> => {
        calls += 1;
        return calls === 2 ? held.promise : read(into);
      },
    };
    const reading = readAhead({ id: ID, source, bytes: 20 * CHUNK, chunkDataBytes: CHUNK });
    await reading.next();
    let hasEnded = false;
    const ending = reading.return(undefined).then(() => (hasEnded = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasEnded).toBe(false);
    held.resolve(0);
    await ending;
  });
});
