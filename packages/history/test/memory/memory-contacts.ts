import type { ConformingHistory } from '../../src/conformance/index.js';
import type { NewContact, StoredContact, ListedContact } from '../../src/index.js';
import { failure, folded, isSame, type MemoryState, textOf } from './memory-state.js';

export function addContact(state: MemoryState, contact: NewContact): void {
  if (state.contact(contact.id) !== undefined) throw failure('contact_exists');
  if (state.named(contact.name) !== undefined) throw failure('contact_exists');
  state.contacts.push({
    ...contact,
    isNamed: contact.isNamed ?? true,
    addresses: contact.addresses ?? [],
    verified: false,
    blocked: false,
    addressSequence: 0,
  });
  state.known.add(textOf(contact.id));
  state.forgetStranger(contact.id);
}

export function memoryContacts(state: MemoryState): ConformingHistory['contacts'] {
  const change = (
    id: Uint8Array,
    next: (before: StoredContact) => Partial<StoredContact>,
  ): void => {
    const before = state.contact(id);
    if (before === undefined) throw failure('no_such_contact');
    state.contacts = state.contacts.map((contact) =>
      contact === before ? { ...before, ...next(before) } : contact,
    );
  };
  const listed = (contact: StoredContact): ListedContact => {
    const messages = state.of(contact.id).map(({ message }) => message);
    const isUnread = ({ direction, state: stands }: (typeof messages)[number]): boolean =>
      direction === 'in' && stands === 'delivered';
    return { ...contact, unread: messages.filter(isUnread).length, lastMessage: messages.at(-1) };
  };
  return {
    get: (id) => state.contact(id),
    getListed: (id) => {
      const contact = state.contact(id);
      return contact === undefined ? undefined : listed(contact);
    },
    findByName: (name) => state.named(name),
    list: () =>
      state.contacts
        .toSorted((a, b) => (folded(a.name) < folded(b.name) ? -1 : 1))
        .map((contact) => listed(contact)),
    add: async (contact) => addContact(state, contact),
    rename: async (id, name, isNamed) => {
      const other = state.named(name);
      if (other !== undefined && !isSame(other.id, id)) throw failure('contact_exists');
      change(id, () => ({ name, isNamed: isNamed !== false }));
    },
    remove: async (id) => {
      change(id, (before) => before);
      state.contacts = state.contacts.filter((contact) => !isSame(contact.id, id));
      return state.of(id).flatMap((stored) => {
        const { direction, state: stands } = stored.message;
        if (direction === 'in' || !['queued', 'sent'].includes(stands)) return [];
        stored.message = { ...stored.message, state: 'failed' };
        return [stored.message.id];
      });
    },
    replaceKey: async (id, newId) => {
      if (state.contact(newId) !== undefined) throw failure('contact_exists');
      change(id, ({ addresses }) => ({
        id: newId,
        verified: false,
        addressSequence: 0,
        addresses: addresses.filter(({ origin }) => origin === 'user'),
      }));
      for (const stored of state.of(id)) stored.message = { ...stored.message, contact: newId };
      state.known.add(textOf(newId));
      state.forgetStranger(newId);
    },
    setVerified: async (id, verified) => change(id, () => ({ verified })),
    setBlocked: async (id, blocked) => change(id, () => ({ blocked })),
    setAddresses: async (id, addresses, addressSequence) =>
      change(id, (before) => ({
        addresses,
        addressSequence: addressSequence ?? before.addressSequence,
      })),
  };
}
