// What the core needs of the libraries below it. One file, account/compose.ts, puts the concrete ones in.
import type { Channel } from '@gravy/protocol';

export { CLOSE_CODE } from '@gravy/protocol';
export type { Channel, ChannelEnd, CloseCode, ReceivedRecord } from '@gravy/protocol';

/** Kinds from here on are ignored if unknown; from 32 to here, an unknown one ends the session (Spec 3.5). */
export const FIRST_IGNORABLE_KIND = 128;

/** Where a contact may be reached. */
export interface ContactAddress {
  readonly url: string;
  /** `user`: given here. `contact`: announced by the contact. */
  readonly origin: 'user' | 'contact';
  /** May be dialled only if it leads to a public address. */
  readonly publicOnly: boolean;
}

export interface StoredContact {
  readonly id: Uint8Array;
  readonly name: string;
  readonly verified: boolean;
  readonly blocked: boolean;
  readonly addresses: readonly ContactAddress[];
}

interface ListedContact extends StoredContact {
  readonly unread: number;
  readonly lastMessage?: StoredMessage | undefined;
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
}

/** Reads answer at once; each write resolves when it is durable. */
export interface ContactStore {
  get(id: Uint8Array): StoredContact | undefined;
  findByName(name: string): StoredContact | undefined;
  list(): readonly ListedContact[];
  add(contact: {
    id: Uint8Array;
    name: string;
    addedAt: number;
    addresses: readonly ContactAddress[];
  }): Promise<void>;
  rename(id: Uint8Array, name: string): Promise<void>;
  /** Resolves with the ids of messages that were still on their way, and have failed now. */
  remove(id: Uint8Array): Promise<readonly Uint8Array[]>;
  replaceKey(id: Uint8Array, newId: Uint8Array): Promise<void>;
  setVerified(id: Uint8Array, verified: boolean): Promise<void>;
  setBlocked(id: Uint8Array, blocked: boolean): Promise<void>;
  setAddresses(id: Uint8Array, addresses: readonly ContactAddress[]): Promise<void>;
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
  /** Moves outgoing messages forward; resolves with the ids whose state really changed. */
  setState(change: {
    contact: Uint8Array;
    ids: readonly Uint8Array[];
    state: StoredMessage['state'];
  }): Promise<readonly Uint8Array[]>;
  /** Outgoing messages that are queued or sent, oldest first, after a place in that order. */
  unfinished(
    contact: Uint8Array,
    options: { after: number | undefined; limit: number },
  ): readonly (StoredMessage & { readonly sequence: number })[];
  page(options: { contact: Uint8Array; before?: MessageKey | undefined; limit: number }): {
    messages: readonly StoredMessage[];
    more: boolean;
  };
  /** Resolves with the ids that were unread. */
  markRead(upTo: MessageKey, options: { report: boolean }): Promise<readonly Uint8Array[]>;
}

/** Text forms of ids, from the identity library. */
export interface IdentityText {
  encodeId(id: Uint8Array): string;
  decodeId(text: string): Uint8Array;
  safetyNumber(left: Uint8Array, right: Uint8Array): string;
}

/** An authenticated connection; `remoteAddress` is the socket's word and proves nothing. */
interface Link {
  readonly channel: Channel;
  readonly remoteAddress: string;
}

export interface Listener {
  readonly port: number;
  /** Stops listening and drops who is not authenticated yet; links stay. */
  close(): Promise<void>;
}

/** What decides about a guest on its way in. */
export interface Doorkeeper {
  /** A first message made for this host has come; false drops it before any public-key work. */
  admitHandshake(): boolean;
  /** The guest has proven to hold this id. */
  isWelcome(id: Uint8Array): boolean;
  /** Both sides are authenticated. */
  receive(link: Link): void;
}

/** The transport and the protocol with this account's key in them. */
export interface Network {
  connect(url: string, peerId: Uint8Array, signal: AbortSignal): Promise<Link>;
  listen(address: { port: number; hostname: string }, doorkeeper: Doorkeeper): Promise<Listener>;
}
