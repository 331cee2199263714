// What the core needs of the file system, and of hashing.

/** Something on this machine that can be offered. */
export interface OfferedPath {
  /** Absolute. */
  readonly path: string;
  /** Its last component. */
  readonly name: string;
  /** Of a file, or of the archive that stands for a folder; in bytes. */
  readonly size: number;
  /** Unix milliseconds: if it differs later, or the size does, it is not the same any more. */
  readonly modifiedAt: number;
  readonly isFolder: boolean;
}

/** What is sent, read from the beginning on. */
export interface FileSource {
  /** Fills `into`, one after the other, with what comes next; less only at the end. Resolves with how many bytes. */
  read(into: readonly Uint8Array[]): Promise<number>;
  /** That what was read is what was offered. @throws MessengerError `no_such_file`, `file_changed` */
  confirm(): Promise<void>;
  close(): Promise<void>;
}

/** Where what is received is put together, under a temporary name. */
export interface FileSink {
  /** What is there from before, and can be relied on. */
  readonly keptBytes: number;
  /** Reads what is kept, from the beginning on, in pieces. */
  kept(): AsyncIterable<Uint8Array>;
  /** Appends; one call at a time. Rejects also if what was appended before has not reached the medium. */
  append(data: Uint8Array): Promise<void>;
  /**
   * Puts the whole into place, under a name that is free; resolves with its path. What it was put together
   * in stays until it is discarded, so that nothing is received twice if this program is killed in between.
   */
  finish(): Promise<string>;
  /** Leaves for another time what could be brought to the medium; resolves with how many bytes. Never rejects. */
  close(): Promise<number>;
}

export interface SinkPlan {
  /** In the same folder as the whole will be, so that it can be moved into place. */
  readonly temporaryPath: string;
  /** Where it is to be in the end; made if missing. */
  readonly directory: string;
  /** Clean: see `receivedName`. */
  readonly name: string;
  readonly size: number;
  readonly isFolder: boolean;
  /** What an earlier attempt is known to have on disk, also after a power cut. */
  readonly syncedBytes: number;
}

export interface RunningHash {
  /** Resolves when `data` may be used again. One call after the other. */
  update(data: Uint8Array): Promise<void>;
  /** SHA-256 so far; more can follow. */
  digest(): Promise<Uint8Array>;
}

export interface Files {
  /** @throws MessengerError `no_such_file` */
  look(path: string): Promise<OfferedPath>;
  /** @throws MessengerError `no_such_file`, `file_changed` if it is not what was offered */
  openSource(offered: Omit<OfferedPath, 'name'>): Promise<FileSource>;
  /**
   * `onSynced`: so many bytes would be there after a power cut; told now and then, until it is closed.
   * @throws MessengerError `disk_full`, `no_permission`, `io_error`
   */
  openSink(plan: SinkPlan, onSynced: (bytes: number) => void): Promise<FileSink>;
  /** Whether a directory can be one where files are received: a whole path. */
  isWholePath(directory: string): boolean;
  /** What the disk of a directory, which may have to be made yet, has free. */
  freeBytes(directory: string): Promise<number>;
  /** Removes what a transfer that will not go on has left. */
  discard(temporaryPath: string): Promise<void>;
  /** Removes a received file or folder. */
  remove(path: string): Promise<void>;
  startHash(): RunningHash;
}
