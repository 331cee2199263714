import type { Contact } from '@gravy/messenger';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { formatTable, shortenId } from '../terminal/table.js';

export function formatContacts(contacts: readonly Contact[], style: Style): string[] {
  const rows = contacts.map((contact) => [
    escapeLine(contact.name),
    escapeLine(shortenId(contact.id)),
    contact.verified ? 'verified' : 'not verified',
    stateOf(contact),
    contact.unread === 0 ? '' : `${contact.unread} unread`,
    escapeLine(contact.addresses[0] ?? ''),
  ]);
  const head = ['NAME', 'ID', 'KEY', 'STATE', 'MESSAGES', 'ADDRESS'];
  // Columns with nothing in them only make the rest harder to read.
  const used = head.map((_title, column) => rows.some((row) => row[column] !== ''));
  const keep = <T>(cells: readonly T[]): T[] => cells.filter((_cell, column) => used[column]);
  return formatTable(keep(head), rows.map(keep), style);
}

function stateOf(contact: Contact): string {
  if (contact.blocked) return 'blocked';
  return contact.online ? 'online' : 'offline';
}
