import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rm } from 'node:fs/promises';
import { uptime } from 'node:os';
import type { FileSink, SinkPlan } from '../../core/ports/files.js';
import { MessengerError } from '../../errors.js';
import { translateError } from '../translate-error.js';
import { freeBytes } from './free-bytes.js';
import { moveIntoPlace } from './move-into-place.js';
import { syncFolder } from './sync-folder.js';
import { unpackArchive } from './unpack-archive.js';

const READ_BYTES = 2 ** 20;
/** After so many bytes the file is brought to the medium, while the transfer goes on. */
const SYNC_EVERY_BYTES = 64 * 2 ** 20;
/** The two clocks by which a file's time and the machine's start are known may differ by this much. */
const CLOCK_SLACK_MS = 10_000;

/** Opens the temporary file of a transfer, new or from before. @throws MessengerError `disk_full`, `no_permission`, `io_error` */
export async function openSink(
  plan: SinkPlan,
  onSynced: (bytes: number) => void,
): Promise<FileSink> {
  try {
    await mkdir(plan.directory, { recursive: true, mode: 0o700 });
    const keptBytes = await reliableBytes(plan);
    await requireRoom(plan, keptBytes);
    const file = await openTemporary(plan.temporaryPath, keptBytes);
    // After a power cut less may be there than was stored.
    if (keptBytes < plan.syncedBytes) onSynced(keptBytes);
    return new NodeFileSink({ plan, file, keptBytes, onSynced });
  } catch (error) {
    throw translateError(error);
  }
}

class NodeFileSink implements FileSink {
  readonly keptBytes: number;
  readonly #plan: SinkPlan;
  readonly #file: FileHandle;
  readonly #onSynced: (bytes: number) => void;
  #end: number;
  /** So many bytes are known to have reached the medium. */
  #safeEnd: number;
  #syncing: Promise<void> | undefined;
  /** The system tells of a failure once: a sync after it says nothing of what was written before. */
  #syncFailure: { readonly cause: unknown } | undefined;

  constructor(options: {
    plan: SinkPlan;
    file: FileHandle;
    keptBytes: number;
    onSynced: (bytes: number) => void;
  }) {
    const { plan, file, keptBytes } = options;
    this.#plan = plan;
    this.#file = file;
    this.#onSynced = options.onSynced;
    this.keptBytes = keptBytes;
    this.#end = keptBytes;
    this.#safeEnd = Math.min(keptBytes, plan.syncedBytes);
  }

  async *kept(): AsyncIterable<Uint8Array> {
    const piece = Buffer.allocUnsafe(Math.min(READ_BYTES, this.keptBytes));
    for (let offset = 0; offset < this.keptBytes;) {
      const length = Math.min(piece.length, this.keptBytes - offset);
      const { bytesRead } = await this.#file.read(piece, 0, length, offset);
      if (bytesRead === 0) return;
      offset += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  }

  async append(data: Uint8Array): Promise<void> {
    try {
      this.#requireSyncs();
      for (let done = 0; done < data.length;) {
        const { bytesWritten } = await this.#file.write(
          data,
          done,
          data.length - done,
          this.#end + done,
        );
        done += bytesWritten;
      }
      this.#end += data.length;
      this.#syncNowAndThen();
    } catch (error) {
      throw translateError(error);
    }
  }

  async finish(): Promise<string> {
    const { temporaryPath, directory, name, isFolder } = this.#plan;
    try {
      await this.#syncing;
      this.#requireSyncs();
      await this.#sync();
      this.#requireSyncs();
      await this.#file.close();
      await requireRoom(this.#plan, this.#plan.size);
      const ready = isFolder ? await unpackArchive(temporaryPath) : temporaryPath;
      const path = await moveIntoPlace(ready, { directory, name });
      await syncFolder(directory);
      return path;
    } catch (error) {
      throw translateError(error);
    }
  }

  async close(): Promise<number> {
    await this.#syncing;
    await this.#sync();
    // What may be in the system's memory only would be taken for what is on the medium when it goes on. After `finish` the file
    // is closed already: then neither does anything.
    if (this.#syncFailure !== undefined) {
      await this.#file.truncate(this.#safeEnd).catch(() => undefined);
    }
    await this.#file.close().catch(() => undefined);
    return this.#safeEnd;
  }

  /** One after the other, and never waited for: a slow medium must not hold the transfer up. */
  #syncNowAndThen(): void {
    if (this.#syncing !== undefined || this.#end - this.#safeEnd < SYNC_EVERY_BYTES) return;
    this.#syncing = this.#sync().then(() => {
      this.#syncing = undefined;
      if (this.#syncFailure === undefined) this.#onSynced(this.#safeEnd);
    });
  }

  /** Never rejects. Of what is written meanwhile it says nothing. */
  async #sync(): Promise<void> {
    const end = this.#end;
    try {
      await this.#file.datasync();
      if (this.#syncFailure === undefined) this.#safeEnd = end;
    } catch (cause) {
      this.#syncFailure ??= { cause };
    }
  }

  #requireSyncs(): void {
    if (this.#syncFailure !== undefined) throw this.#syncFailure.cause;
  }
}

/** Nobody's link is followed, and what is at the place of a new file is no part of it. */
async function openTemporary(path: string, keptBytes: number): Promise<FileHandle> {
  const noFollow = constants.O_NOFOLLOW ?? 0;
  if (keptBytes === 0) {
    await rm(path, { force: true });
    const anew = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | noFollow;
    return open(path, anew, 0o600);
  }
  const file = await open(path, constants.O_RDWR | noFollow);
  await file.truncate(keptBytes);
  return file;
}

/**
 * How much of an earlier attempt is there. What a killed process has written the system keeps; after a
 * power cut the end of a file may be missing or be zeros, so that only what is known to have reached the
 * medium counts then.
 */
async function reliableBytes({ temporaryPath, size, syncedBytes }: SinkPlan): Promise<number> {
  const found = await lstat(temporaryPath).catch(() => undefined);
  if (found?.isFile() !== true || found.size > size) return 0;
  const startedAt = Date.now() - uptime() * 1000;
  const isOfThisRun = found.mtimeMs > startedAt + CLOCK_SLACK_MS;
  return isOfThisRun ? found.size : Math.min(found.size, syncedBytes);
}

/** Node cannot reserve room on a disk: it is looked at before, so that most transfers that cannot end do not begin. */
async function requireRoom(plan: SinkPlan, keptBytes: number): Promise<void> {
  // An archive is unpacked beside itself.
  const needed = plan.size * (plan.isFolder ? 2 : 1) - keptBytes;
  if (needed <= (await freeBytes(plan.directory))) return;
  throw new MessengerError(
    'disk_full',
    'There is not enough room for this file. Make room, or accept it into a folder on another disk.',
  );
}
