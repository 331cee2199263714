import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { nodeFiles } from '../../src/account/files/node-files.js';
import type {
  Files,
  FileSink,
  FileSource,
  OfferedPath,
  SinkPlan,
} from '../../src/core/ports/files.js';

/** A prime, so that no two chunks are alike. */
const TILE_BYTES = 65_521;
const TILE = tile();

/**
 * Files that take no disk: what is in one follows from its name, so that a file of gigabytes costs nothing, and what is
 * received is compared with what was sent.
 */
export class MemoryFiles implements Files {
  readonly startHash = nodeFiles.startHash.bind(nodeFiles);
  readonly isWholePath = nodeFiles.isWholePath.bind(nodeFiles);
  /** What the disk has free. */
  free = Number.MAX_SAFE_INTEGER;
  /** How often something was put into place. */
  placings = 0;
  readonly #sources = new Map<string, OfferedPath>();
  readonly #temporary = new Map<string, { bytes: number }>();
  readonly #held = new Map<string, PromiseWithResolvers<void>>();
  readonly #syncs = new Map<string, () => void>();
  readonly #broken = new Map<string, { readonly error: Error; readonly from: number }>();

  /** Something to send; its path. */
  write(name: string, size: number): string {
    const path = `/to-send/${name}`;
    this.#sources.set(path, { path, name, size, modifiedAt: 1, isFolder: false });
    return path;
  }

  /** From now on what concerns the file of this name, or the disk, takes until `letGo`. */
  hold(step: 'append' | 'finish' | 'free bytes', name = ''): void {
    const key = `${step} ${name}`;
    if (!this.#held.has(key)) this.#held.set(key, Promise.withResolvers<void>());
  }

  letGo(step: 'append' | 'finish', name: string): void {
    this.#held.get(`${step} ${name}`)?.resolve();
    this.#held.delete(`${step} ${name}`);
  }

  /** What was held never goes on, as the process is gone in which it was. */
  leave(step: 'free bytes'): void {
    this.#held.delete(`${step} `);
  }

  /** From now on this fails for the file of this name, from this offset on, until it is mended. */
  breakIt(step: 'append' | 'read', name: string, error: Error, from = 0): void {
    this.#broken.set(`${step} ${name}`, { error, from });
  }

  mend(step: 'append' | 'read', name: string): void {
    this.#broken.delete(`${step} ${name}`);
  }

  /** What has come of the file of this name is brought to the medium. */
  sync(name: string): void {
    this.#syncs.get(name)?.();
  }

  async look(path: string): Promise<OfferedPath> {
    const found = this.#sources.get(path);
    if (found === undefined) throw new Error(`Nothing was written to ${path}.`);
    return found;
  }

  async openSource({ path }: Omit<OfferedPath, 'name'>): Promise<FileSource> {
    const { name, size } = await this.look(path);
    let position = 0;
    return {
      read: async (into) => {
        const from = position;
        for (const piece of into) {
          if (position === from) this.#fail('read', name, position);
          // What was read before it is there.
          else if (this.#brokenAt('read', name, position) !== undefined) break;
          const length = Math.min(piece.length, size - position);
          fill(piece.subarray(0, length), name, position);
          position += length;
        }
        return position - from;
      },
      confirm: async () => undefined,
      close: async () => undefined,
    };
  }

  async openSink(
    { temporaryPath, directory, name, size }: SinkPlan,
    onSynced: (bytes: number) => void,
  ): Promise<FileSink> {
    const kept = this.#temporary.get(temporaryPath) ?? { bytes: 0 };
    this.#temporary.set(temporaryPath, kept);
    this.#syncs.set(name, () => onSynced(kept.bytes));
    const held = (step: string): Promise<void> | undefined =>
      this.#held.get(`${step} ${name}`)?.promise;
    return {
      keptBytes: kept.bytes,
      kept: async function* () {
        if (kept.bytes > 0) yield fill(new Uint8Array(kept.bytes), name, 0);
      },
      append: async (data) => {
        await held('append');
        this.#fail('append', name, kept.bytes);
        const expected = fill(new Uint8Array(data.length), name, kept.bytes);
        if (Buffer.compare(expected, data) !== 0) throw new Error(`${name} is mixed up.`);
        kept.bytes += data.length;
      },
      finish: async () => {
        await held('finish');
        if (kept.bytes !== size) throw new Error(`${name} is not whole.`);
        this.placings += 1;
        return join(directory, name);
      },
      close: async () => kept.bytes,
    };
  }

  async freeBytes(): Promise<number> {
    await this.#held.get('free bytes ')?.promise;
    return this.free;
  }

  async discard(temporaryPath: string): Promise<void> {
    this.#temporary.delete(temporaryPath);
  }

  async remove(): Promise<void> {
    // Nothing is kept of what was received.
  }

  #brokenAt(step: string, name: string, offset: number): Error | undefined {
    const broken = this.#broken.get(`${step} ${name}`);
    return broken !== undefined && offset >= broken.from ? broken.error : undefined;
  }

  #fail(step: string, name: string, offset: number): void {
    const broken = this.#brokenAt(step, name, offset);
    if (broken !== undefined) throw broken;
  }
}

function tile(): Buffer {
  const bytes = Buffer.alloc(TILE_BYTES);
  let block = createHash('sha512').update('tile').digest();
  for (let offset = 0; offset < bytes.length; offset += block.length) {
    block.copy(bytes, offset);
    block = createHash('sha512').update(block).digest();
  }
  return bytes;
}

/** What the file of this name has at this position. */
function fill(into: Uint8Array, name: string, position: number): Uint8Array {
  const shift = createHash('sha256').update(name).digest().readUInt16BE(0);
  for (let done = 0; done < into.length;) {
    const from = (position + done + shift) % TILE_BYTES;
    const piece = TILE.subarray(from, from + into.length - done);
    into.set(piece, done);
    done += piece.length;
  }
  return into;
}
