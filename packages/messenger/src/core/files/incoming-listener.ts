/** What becomes of a file that comes in. One of `onDone` and `onFailed` is the last that is called, unless it is stopped. */
export interface IncomingListener {
  /** So many bytes are on disk. */
  onProgress(bytes: number): void;
  /** So many would still be there after a power cut; told now and then. */
  onSynced(bytes: number): void;
  /** The hash is right and the file in place. */
  onDone(path: string): Promise<void>;
  /** It cannot go on: `TransferEnd` for good, anything else for as long as its cause lasts. */
  onFailed(error: unknown): Promise<void>;
}
