// What the core needs of a store. Reads answer at once; each write resolves when it is durable.
import type { StoredFile, TransferStore } from './transfer-store.js';

/** Where a contact can be dialled. */
export interface ContactAddress {
  readonly url: string;
  /** Given by the person (typed, or in an invite), or announced by the contact in an ADDRESS (Spec 8.6). */
  readonly origin: 'user' | 'contact';
  /** Spec 8.6: dialled only if it leads to a public address. */
  readonly publicOnly: boolean;
}

export interface StoredContact {
  readonly id: Uint8Array;
  readonly name: string;
  /** False: the name was suggested by the contact, or made up. */
  readonly isNamed: boolean;
  readonly verified: boolean;
  readonly blocked: boolean;
  /** The first is dialled first. */
  readonly addresses: readonly ContactAddress[];
  /** `seq` of the last ADDRESS that was taken; 0 if none was. */
  readonly addressSequence: number;
}

export interface ListedContact extends StoredContact {
  readonly unread: number;
  readonly lastMessage?: StoredMessage | undefined;
}

interface NewContact {
  readonly id: Uint8Array;
  readonly name: string;
  readonly isNamed?: boolean | undefined;
  readonly addedAt: number;
  readonly addresses?: readonly ContactAddress[] | undefined;
}

export interface ContactStore {
  get(id: Uint8Array): StoredContact | undefined;
  getListed(id: Uint8Array): ListedContact | undefined;
  findByName(name: string): StoredContact | undefined;
  list(): readonly ListedContact[];
  add(contact: NewContact): Promise<void>;
  rename(id: Uint8Array, name: string, isNamed?: boolean): Promise<void>;
  /** Texts that wait for the contact fail; resolves with their ids. */
  remove(id: Uint8Array): Promise<readonly Uint8Array[]>;
  replaceKey(id: Uint8Array, newId: Uint8Array): Promise<void>;
  setVerified(id: Uint8Array, verified: boolean): Promise<void>;
  setBlocked(id: Uint8Array, blocked: boolean): Promise<void>;
  setAddresses(
    id: Uint8Array,
    addresses: readonly ContactAddress[],
    addressSequence?: number,
  ): Promise<void>;
}

export interface StoredMessage {
  readonly id: Uint8Array;
  readonly contact: Uint8Array;
  readonly direction: 'in' | 'out';
  readonly at: number;
  readonly receivedAt?: number | undefined;
  readonly text: string;
  readonly replyTo?: Uint8Array | undefined;
  readonly state: 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'cancelled';
  /** If the message stands for a file: how far it is. `text` is then the file's name. */
  readonly file?: StoredFile | undefined;
}

/** A message by its conversation, direction and wire id. */
export interface MessageKey {
  readonly contact: Uint8Array;
  readonly direction: 'in' | 'out';
  readonly id: Uint8Array;
}

export interface MessageStore {
  /** A message that is there already is left as it is: `inserted` is false. */
  append(message: StoredMessage): Promise<{ inserted: boolean }>;
  find(key: MessageKey): StoredMessage | undefined;
  /** Messages of this wire id in any conversation; peers choose ids, so there may be several. */
  locate(id: Uint8Array): readonly MessageKey[];
  /** Moves outgoing messages forward; resolves with the ids whose state really changed. */
  setState(change: {
    contact: Uint8Array;
    ids: readonly Uint8Array[];
    state: StoredMessage['state'];
  }): Promise<readonly Uint8Array[]>;
  /** Moves queued messages to sent, by their places in the order of storing, ascending; resolves as above. */
  markSent(contact: Uint8Array, sequences: readonly number[]): Promise<readonly Uint8Array[]>;
  /** Outgoing messages that are queued or sent, oldest first, after a place in that order. */
  unfinished(
    contact: Uint8Array,
    options: { after: number | undefined; limit: number },
  ): readonly (StoredMessage & { readonly sequence: number })[];
  page(options: { contact: Uint8Array; before?: MessageKey | undefined; limit: number }): {
    messages: readonly StoredMessage[];
    more: boolean;
  };
  /** Resolves with the ids that became read; with `report` they wait to be told to the sender. */
  markRead(upTo: MessageKey, options: { report: boolean }): Promise<readonly Uint8Array[]>;
  /** Incoming messages whose reading waits to be told to the sender, oldest first. */
  unreported(contact: Uint8Array, limit: number): readonly Uint8Array[];
  markReported(contact: Uint8Array, ids: readonly Uint8Array[]): Promise<void>;
  delete(key: MessageKey): Promise<boolean>;
  /** Deletes a conversation for good; resolves with how many messages it had. */
  deleteAll(contact: Uint8Array): Promise<number>;
}

export interface SearchStore {
  find(options: {
    query: string;
    contact?: Uint8Array | undefined;
    limit: number;
    offset?: number | undefined;
  }): Promise<{
    readonly matches: readonly {
      readonly message: StoredMessage;
      readonly snippet: {
        readonly text: string;
        readonly highlights: readonly (readonly [start: number, end: number])[];
      };
    }[];
    readonly total: number;
  }>;
}

/** Writes a conversation to a new file. @throws MessengerError `file_exists`, and what the disk says */
export type WriteConversation = (options: {
  contact: Uint8Array;
  format: 'json' | 'text' | 'html';
  path: string;
  ownName: string;
}) => Promise<void>;

export interface StoredInvite {
  /** 16 bytes; never on the wire. */
  readonly id: Uint8Array;
  /** 32 bytes; gone once revoked or expired. */
  readonly psk: Uint8Array | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly contactName?: string | undefined;
  readonly urls: readonly string[];
  /** The contact who came by it. */
  readonly bearer?: Uint8Array | undefined;
  readonly usedAt?: number | undefined;
  readonly revokedAt?: number | undefined;
}

export interface InviteStore {
  add(invite: StoredInvite): Promise<void>;
  get(id: Uint8Array): StoredInvite | undefined;
  /** Newest first. */
  list(): readonly StoredInvite[];
  /** Those that may still be used, also by the bearer they belong to already. */
  open(now: number): readonly StoredInvite[];
  /** In one step: gives the invite to its first bearer, who becomes a contact. */
  claim(claim: {
    id: Uint8Array;
    bearer: Uint8Array;
    at: number;
    contact: NewContact;
  }): Promise<'claimed' | 'taken' | 'closed'>;
  /** Erases the secret; false if the invite had ended already. */
  revoke(id: Uint8Array, at: number): Promise<boolean>;
  revokeOf(bearer: Uint8Array, at: number): Promise<unknown>;
  prune(now: number): Promise<unknown>;
}

export interface RequestStore {
  /** Newest first. */
  list(): readonly { readonly id: Uint8Array; readonly receivedAt: number }[];
  add(
    request: { id: Uint8Array; receivedAt: number },
    options: { limit: number },
  ): Promise<'added' | 'known' | 'full'>;
  remove(id: Uint8Array): Promise<boolean>;
  block(id: Uint8Array, at: number): Promise<unknown>;
  unblock(id: Uint8Array): Promise<unknown>;
  isBlocked(id: Uint8Array): boolean;
}

export interface SettingStore {
  get(key: string): string | undefined;
  set(key: string, value: string): Promise<void>;
}

/** All that an account keeps. */
export interface Stores {
  readonly contacts: ContactStore;
  readonly messages: MessageStore;
  readonly transfers: TransferStore;
  readonly search: SearchStore;
  readonly invites: InviteStore;
  readonly requests: RequestStore;
  readonly settings: SettingStore;
}
