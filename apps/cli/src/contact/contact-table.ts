import type { Contact } from '@gravy/messenger';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { formatTable, shortenId } from '../terminal/table.js';

export function formatContacts(
  contacts: readonly Contact[],
  style: Style,
  columns?: number,
): string[] {
  const rows = contacts.map((contact) => [
    escapeLine(contact.name),
    escapeLine(shortenId(contact.id)),
    contact.verified ? 'verified' : 'not verified',
    stateOf(contact),
    // Whoever is called what they asked for may have asked for anybody's name.
    contact.named ? '' : 'themselves',
    contact.unread === 0 ? '' : `${contact.unread} unread`,
    escapeLine(contact.addresses[0] ?? ''),
  ]);
  const head = ['NAME', 'ID', 'KEY', 'STATE', 'NAMED BY', 'MESSAGES', 'ADDRESS'];
  return formatTable(head, rows, style, columns);
}

function stateOf(contact: Contact): string {
  if (contact.blocked) return 'blocked';
  return contact.online ? 'online' : 'offline';
}
