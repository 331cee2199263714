import type { MessageKey, StoredMessage } from './store.js';

export type FileState =
  | 'offered'
  | 'transferring'
  | 'paused'
  | 'done'
  | 'declined'
  | 'cancelled'
  | 'failed';

/** What a conversation shows of a file; its name is the message's text. */
export interface StoredFile {
  readonly size: number;
  /** Bytes that are known to have arrived. */
  readonly bytes: number;
  readonly state: FileState;
  readonly isFolder: boolean;
  readonly mediaType?: string | undefined;
  readonly path?: string | undefined;
  readonly reason?: string | undefined;
}

export type StoredFileMessage = StoredMessage & {
  readonly file: StoredFile;
  /** Order of storing. */
  readonly sequence: number;
};

export interface StoredTransfer {
  readonly message: StoredFileMessage;
  readonly temporaryPath?: string | undefined;
  readonly modifiedAt?: number | undefined;
}

export interface TransferStore {
  /** Stores the offer and the message that stands for it. One that is there, or was deleted, is left alone. */
  add(
    transfer: Omit<StoredMessage, 'file'> & {
      readonly file: {
        readonly size: number;
        readonly isFolder?: boolean | undefined;
        readonly mediaType?: string | undefined;
        readonly path?: string | undefined;
        readonly modifiedAt?: number | undefined;
        readonly temporaryPath?: string | undefined;
      };
    },
  ): Promise<{ inserted: boolean }>;
  get(key: MessageKey): StoredTransfer | undefined;
  /** Newest first. */
  list(options: {
    contact?: Uint8Array | undefined;
    /** The sequence of a message, exclusive. */
    before?: number | undefined;
    limit: number;
  }): readonly StoredTransfer[];
  /** How many of a contact's files have not ended here. */
  incoming(contact: Uint8Array): {
    readonly undecided: number;
    readonly accepted: number;
  };
  /** Those that have not ended, oldest first. */
  unfinished(contact?: Uint8Array): readonly StoredTransfer[];
  /** False if there is no such transfer, or it has ended. */
  update(
    key: MessageKey,
    change: {
      readonly state?: FileState;
      readonly bytes?: number;
      readonly path?: string | null;
      readonly temporaryPath?: string | null;
      readonly reason?: string | null;
    },
  ): Promise<boolean>;
}
