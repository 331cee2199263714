import { openAccount } from '../account/open-account.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { askYesNo } from '../terminal/ask.js';
import { escapeLine } from '../terminal/escape.js';
import { formatPairs } from '../terminal/table.js';
import { canAsk, columnsOf } from '../terminal/terminal.js';
import { formatContacts } from './contact-table.js';
import { formatSafetyNumber } from './safety-number.js';
import { shellWord } from './shell-word.js';

export async function addContact(
  context: Context,
  name: string,
  id: string,
  options: { url?: string },
): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const { url } = options;
  const contact = await gravy.call('contact.add', {
    id,
    name,
    ...(url === undefined ? {} : { url }),
  });
  return {
    value: contact,
    lines: [
      `${escapeLine(contact.name)} is a contact now, not verified yet.`,
      `Compare the safety number in person or by phone: gravy contact verify ${shellWord(contact.name)}`,
    ],
  };
}

export async function listContacts(context: Context): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const contacts = await gravy.call('contact.list', {});
  return {
    value: contacts,
    lines:
      contacts.length === 0
        ? [
            'No contacts yet. Make an invite for somebody: gravy host --invite',
            'Or add them by their id: gravy contact add NAME ID',
          ]
        : formatContacts(contacts, context.style, columnsOf(context.terminal.output)),
  };
}

export async function renameContact(
  context: Context,
  contact: string,
  name: string,
): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  await gravy.call('contact.rename', { contact, name });
  return { value: {}, lines: [`${escapeLine(contact)} is now called ${escapeLine(name)}.`] };
}

export async function removeContact(context: Context, contact: string): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  await gravy.call('contact.remove', { contact });
  return {
    value: {},
    lines: [`${escapeLine(contact)} is no contact any more. The history stays.`],
  };
}

export async function blockContact(context: Context, contact: string): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  await gravy.call('contact.block', { contact });
  return {
    value: {},
    lines: [`${escapeLine(contact)} is blocked and gets in no more.`],
  };
}

export async function unblockContact(context: Context, contact: string): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  await gravy.call('contact.unblock', { contact });
  return { value: {}, lines: [`${escapeLine(contact)} may come in again.`] };
}

export async function replaceKey(context: Context, contact: string, id: string): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  await gravy.call('contact.replaceKey', { contact, id });
  return {
    value: {},
    lines: [
      `${escapeLine(contact)} has a new key. The history stays; the contact is not verified any more.`,
      `Compare the new safety number: gravy contact verify ${shellWord(contact)}`,
    ],
  };
}

export async function verifyContact(
  context: Context,
  contact: string,
  options: { yes?: true; undo?: true },
): Promise<Outcome> {
  const { terminal, style } = context;
  const { gravy } = await openAccount(context);
  const { number, verified } = await gravy.call('contact.safetyNumber', { contact });
  const name = escapeLine(contact);
  const asks = options.yes !== true && options.undo !== true && !verified && canAsk(terminal);

  if (asks && context.options.json !== true) {
    terminal.errors.write(`${introduce(name, number).join('\n')}\n`);
    const isMatch = await askYesNo(terminal, 'Do both of you see the same number?');
    if (isMatch) await gravy.call('contact.setVerified', { contact, verified: true });
    const answer = isMatch ? `${name} is verified.` : `${name} stays unverified.`;
    return { value: { number, verified: isMatch }, lines: [answer] };
  }
  const wanted = options.undo === true ? false : options.yes === true ? true : verified;
  if (wanted !== verified) await gravy.call('contact.setVerified', { contact, verified: wanted });
  return {
    value: { number, verified: wanted },
    lines: [
      ...introduce(name, number),
      ...formatPairs([['Verified', wanted ? 'yes' : 'no']], style),
    ],
  };
}

function introduce(name: string, number: string): string[] {
  return [
    `Safety number with ${name}. It must be the same on both sides: read it out in person or by phone.`,
    '',
    ...formatSafetyNumber(number),
    '',
  ];
}
