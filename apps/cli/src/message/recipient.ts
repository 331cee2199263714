import type { Contact, GravyClient } from '@gravy/messenger';
import { endIfThere } from '../chat/converse.js';
import { CliError } from '../cli-error.js';
import { findContact } from '../contact/find-contact.js';
import { shellWord } from '../contact/shell-word.js';
import type { Context } from '../context.js';
import { isMessengerError } from '../report-error.js';

/** @throws CliError `no_such_contact`, `contact_blocked` */
export async function findRecipient(gravy: GravyClient, reference: string): Promise<Contact> {
  const contact = findContact(await gravy.call('contact.list', {}), reference);
  if (!contact.blocked) return contact;
  throw new CliError(
    'contact_blocked',
    'This contact is blocked, so nothing was sent.',
    `gravy contact unblock ${shellWord(contact.name)}`,
  );
}

/** Brings a session about, for as long as this command runs; `kept` says what becomes of what is sent if none does. */
export async function connectTo(
  context: Context,
  options: { gravy: GravyClient; contact: Contact; timeoutMs: number; kept: string },
): Promise<void> {
  const { gravy, contact, timeoutMs, kept } = options;
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const why = `No session came about in time. ${kept}`;
    reject(new CliError('unreachable', why, nextAfter(contact)));
  }, timeoutMs);
  try {
    const connecting = gravy.call('session.connect', { contact: contact.id });
    connecting.catch(() => undefined);
    const { session } = await Promise.race([connecting, promise]);
    // What was begun for one text is ended after it; as a person would, so that the peer knows.
    context.cleanups.push(() => endIfThere(gravy.call('session.close', { session })));
  } catch (error) {
    if (!isMessengerError(error)) throw error;
    throw new CliError(error.code, `${error.message} ${kept}`, nextAfter(contact));
  } finally {
    clearTimeout(timer);
  }
}

function nextAfter({ name, addresses }: Contact): string {
  return addresses.length === 0
    ? `gravy connect URL ${shellWord(name)}, with the URL that they host at`
    : `gravy connect ${shellWord(name)}, once they host; or gravy connect URL ${shellWord(name)}`;
}
