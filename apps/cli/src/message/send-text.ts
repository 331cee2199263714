import type { Contact, GravyClient } from '@gravy/messenger';
import { openAccount } from '../account/open-account.js';
import { endIfThere } from '../chat/converse.js';
import { CliError } from '../cli-error.js';
import { shellWord } from '../contact/shell-word.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { isMessengerError } from '../report-error.js';
import { escapeLine } from '../terminal/escape.js';
import { DeliveryWatch } from './delivery-watch.js';
import { textArgument } from './text-argument.js';

const KEPT = 'The text is kept, and sent the next time you are connected.';

/** Stores the text, connects if there is no session, and waits for the word that it was delivered. */
export async function sendText(
  context: Context,
  reference: string,
  argument: string | undefined,
  options: { timeout: number },
): Promise<Outcome> {
  const text = await textArgument(context.terminal, argument);
  const { gravy } = await openAccount(context);
  const contact = await findContact(gravy, reference);
  const deadline = performance.now() + options.timeout;
  const left = (): number => deadline - performance.now();

  const watch = new DeliveryWatch(gravy);
  context.cleanups.push(() => watch.stop());
  const sent = await gravy.call('message.send', { contact: contact.id, text });
  watch.follow(sent.id, sent.state);
  if (!contact.online) await connect(context, gravy, contact, left());

  const state = await watch.outcome(left());
  if (state !== 'delivered' && state !== 'read') {
    const isOver = state === 'failed' || state === 'cancelled';
    const why = isOver
      ? 'The text was not delivered: it was taken back, or the contact removed meanwhile.'
      : `There was a session, but no word of delivery in time. ${KEPT}`;
    throw new CliError('not_delivered', why, `gravy history show ${shellWord(contact.name)}`);
  }
  return {
    value: { ...sent, state },
    lines: [`Delivered to ${escapeLine(contact.name)}.`],
  };
}

/** @throws CliError `no_such_contact`, `contact_blocked` */
async function findContact(gravy: GravyClient, reference: string): Promise<Contact> {
  const wanted = reference.normalize('NFC').trim().toLowerCase();
  const contacts = await gravy.call('contact.list', {});
  const contact =
    contacts.find(({ name }) => name.toLowerCase() === wanted) ??
    contacts.find(({ id }) => id === wanted);
  if (contact === undefined) {
    throw new CliError('no_such_contact', 'No contact has that name or id.', 'gravy contact list');
  }
  if (!contact.blocked) return contact;
  throw new CliError(
    'contact_blocked',
    'This contact is blocked, so nothing was sent.',
    `gravy contact unblock ${shellWord(contact.name)}`,
  );
}

async function connect(
  context: Context,
  gravy: GravyClient,
  contact: Contact,
  timeoutMs: number,
): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const why = `No session came about in time. ${KEPT}`;
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
    throw new CliError(error.code, `${error.message} ${KEPT}`, nextAfter(contact));
  } finally {
    clearTimeout(timer);
  }
}

function nextAfter({ name, addresses }: Contact): string {
  return addresses.length === 0
    ? `gravy connect URL ${shellWord(name)}, with the URL that they host at`
    : `gravy connect ${shellWord(name)}, once they host; or gravy connect URL ${shellWord(name)}`;
}
