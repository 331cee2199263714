import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { GravyEvent } from '@gravy/messenger';

const MAX_NAME_BYTES = 120;

/**
 * Files on their way between the page and Gravy: what the page brings stays until it was sent, what
 * Gravy writes for the page until it was fetched. Each has a folder of its own that only its owner can
 * enter.
 */
export class Parcels {
  readonly #folder: string;
  readonly #expected = new Map<string, string>();

  constructor(home: string) {
    this.#folder = resolve(home, 'parcels');
  }

  /** Stores what a page brings under a name; answers with the path. What breaks off leaves nothing. */
  async receive(name: string, body: ReadableStream): Promise<string> {
    const path = await this.#place(name);
    try {
      await pipeline(Readable.fromWeb(body), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      return path;
    } catch (error) {
      await rm(dirname(path), { recursive: true, force: true });
      throw error;
    }
  }

  /** Where Gravy is to write something for the page, which fetches it once by `id`. */
  async expect(name: string): Promise<{ id: string; path: string }> {
    const path = await this.#place(name);
    const id = randomUUID();
    this.#expected.set(id, path);
    return { id, path };
  }

  /** The path of what was expected under this id, which is forgotten; undefined if nothing was. */
  take(id: string): string | undefined {
    const path = this.#expected.get(id);
    this.#expected.delete(id);
    return path;
  }

  /** Removes a parcel by the path of its file; other paths are left alone. */
  async discard(path: string): Promise<void> {
    const folder = dirname(resolve(path));
    if (dirname(folder) === this.#folder) await rm(folder, { recursive: true, force: true });
  }

  /** Once a file has arrived, or never will, what was kept for it is of no use. */
  async discardSent(
    event: GravyEvent,
    pathOf: (id: string) => Promise<string | undefined>,
  ): Promise<void> {
    const isOver =
      event.method === 'file.completed' ||
      (event.method === 'file.failed' && event.params.state !== 'paused');
    if (!isOver) return;
    const path = await pathOf(event.params.id);
    if (path !== undefined) await this.discard(path);
  }

  async #place(name: string): Promise<string> {
    const folder = join(this.#folder, randomUUID());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return join(folder, safeName(name));
  }
}

/** One path component, whatever was given. The receiver cleans names again, by its own rules. */
function safeName(text: string): string {
  const name = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cs}/\\:*?"<>|\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, '_')
    .replace(/^[.\s-]+/u, '')
    .trim();
  let short = name;
  while (Buffer.byteLength(short) > MAX_NAME_BYTES) short = short.slice(0, -1);
  return short === '' ? 'file' : short;
}
