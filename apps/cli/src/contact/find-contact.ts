import type { Contact } from '@gravy/messenger';
import { CliError } from '../cli-error.js';

/** The contact that a name or an id means. @throws CliError `no_such_contact` */
export function findContact(contacts: readonly Contact[], reference: string): Contact {
  const wanted = reference.normalize('NFC').trim().toLowerCase();
  const contact =
    contacts.find(({ name }) => name.toLowerCase() === wanted) ??
    contacts.find(({ id }) => id === wanted);
  if (contact !== undefined) return contact;
  throw new CliError('no_such_contact', 'No contact has that name or id.', 'gravy contact list');
}
