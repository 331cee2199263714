import type {
  NewMessage,
  StoredContact,
  StoredInvite,
  StoredMessage,
  StoredRequest,
  StoredTransfer,
} from '../../src/index.js';
import { HistoryError } from '../../src/index.js';

export interface MemoryMessage {
  message: StoredMessage;
  toReport: boolean;
  transfer?: Omit<StoredTransfer, 'message'>;
}

/** Everything a store knows, in plain collections. */
export class MemoryState {
  contacts: StoredContact[] = [];
  messages: MemoryMessage[] = [];
  deleted = new Set<string>();
  invites: StoredInvite[] = [];
  requests: StoredRequest[] = [];
  blocked: { id: Uint8Array; blockedAt: number }[] = [];
  settings = new Map<string, string>();
  /** Contacts that were ever added, which may have messages. */
  known = new Set<string>();
  sequence = 0;

  contact(id: Uint8Array): StoredContact | undefined {
    return this.contacts.find((contact) => isSame(contact.id, id));
  }

  named(name: string): StoredContact | undefined {
    return this.contacts.find((contact) => folded(contact.name) === folded(name));
  }

  of(contact: Uint8Array): MemoryMessage[] {
    return this.messages.filter(({ message }) => isSame(message.contact, contact));
  }

  find(key: Pick<NewMessage, 'contact' | 'direction' | 'id'>): MemoryMessage | undefined {
    return this.of(key.contact).find(
      ({ message }) => message.direction === key.direction && isSame(message.id, key.id),
    );
  }

  insert(message: NewMessage): MemoryMessage | undefined {
    if (!this.known.has(textOf(message.contact))) throw failure('no_such_contact');
    const isDeleted = message.direction === 'in' && this.deleted.has(placeOf(message));
    if (isDeleted || this.find(message) !== undefined) return undefined;
    this.sequence += 1;
    const stored = { message: { ...message, sequence: this.sequence }, toReport: false };
    this.messages.push(stored);
    return stored;
  }

  forgetStranger(id: Uint8Array): void {
    this.requests = this.requests.filter((request) => !isSame(request.id, id));
    this.blocked = this.blocked.filter((stranger) => !isSame(stranger.id, id));
  }
}

export function failure(code: 'no_such_contact' | 'contact_exists' | 'misuse'): HistoryError {
  return new HistoryError(code, code);
}

export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return textOf(left) === textOf(right);
}

export function textOf(id: Uint8Array): string {
  return Buffer.from(id).toString('hex');
}

export function placeOf({ contact, id }: Pick<NewMessage, 'contact' | 'id'>): string {
  return textOf(contact) + textOf(id);
}

export function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
