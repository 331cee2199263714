import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { GravyEvent } from '@gravy/messenger';

const MAX_NAME_BYTES = 120;
const MAX_ENDING_BYTES = 20;
/** Beside a file that is sent, and with the id of the account that sends it. No file is called so. */
const MARK = '.sent';

/** A parcel as it lies on disk. */
export interface Parcel {
  readonly folder: string;
  /** The account that sends it; undefined if none does (yet). */
  readonly account: string | undefined;
  readonly changedAt: number;
}

/**
 * Files on their way between the page and Gravy: what the page brings stays until it was sent, what
 * Gravy writes for the page until it was fetched. Each has a folder of its own that only its owner can
 * enter.
 */
export class Parcels {
  readonly #folder: string;
  readonly #expected = new Map<string, string>();
  /** Those of this process that no account has sent. */
  readonly #loose = new Set<string>();
  readonly #sent = new Map<string, string>();

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
      await this.discard(path);
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

  /** Whether a path is that of a file in a parcel. */
  has(path: string): boolean {
    return dirname(dirname(resolve(path))) === this.#folder;
  }

  /** Keeps a parcel, from before this account sends it until that is over. */
  async keepFor(account: string, path: string): Promise<void> {
    await writeFile(join(dirname(resolve(path)), MARK), account, { mode: 0o600 });
    this.#loose.delete(resolve(path));
  }

  /** By the file's id it is found again however many are sent after it. */
  remember(id: string, path: string): void {
    this.#sent.set(id, path);
  }

  async list(): Promise<readonly Parcel[]> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    return Promise.all(names.map((name) => parcelIn(join(this.#folder, name))));
  }

  /** Removes a parcel by the path of its file; other paths are left alone. */
  async discard(path: string): Promise<void> {
    if (!this.has(path)) return;
    this.#loose.delete(resolve(path));
    await rm(dirname(resolve(path)), { recursive: true, force: true });
  }

  /** Removes what this process has made and nobody has sent or fetched. */
  async discardLoose(): Promise<void> {
    await Promise.allSettled([...this.#loose].map((path) => this.discard(path)));
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
    const { id } = event.params;
    const path = this.#sent.get(id) ?? (await pathOf(id));
    this.#sent.delete(id);
    if (path !== undefined) await this.discard(path);
  }

  async #place(name: string): Promise<string> {
    const folder = join(this.#folder, randomUUID());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, safeName(name));
    this.#loose.add(path);
    return path;
  }
}

/** What another process removes meanwhile is as old as can be: there is nothing left to lose. */
async function parcelIn(folder: string): Promise<Parcel> {
  const files = await readdir(folder).catch((): string[] => []);
  const times = await Promise.all(
    [folder, ...files.map((file) => join(folder, file))].map((path) =>
      stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  const account = files.includes(MARK)
    ? await readFile(join(folder, MARK), 'utf8').catch(() => undefined)
    : undefined;
  return { folder, account, changedAt: Math.max(...times) };
}

/** One path component, whatever was given. The receiver cleans names again, by its own rules. */
function safeName(text: string): string {
  const name = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cs}/\\:*?"<>|\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, '_')
    .replace(/^[.\s-]+/u, '')
    .trim();
  const short = shortened(name);
  return short === '' ? 'file' : short;
}

/** Cut between characters, never within one, and before the ending, which says what it is. */
function shortened(name: string): string {
  const ending = extname(name);
  const kept = Buffer.byteLength(ending) <= MAX_ENDING_BYTES ? ending : '';
  let short = '';
  let left = MAX_NAME_BYTES - Buffer.byteLength(kept);
  for (const character of name.slice(0, name.length - kept.length)) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    short += character;
  }
  return short + kept;
}
