import { CliError } from '../cli-error.js';
import { formatContacts } from '../contact/contact-table.js';
import { formatSafetyNumber } from '../contact/safety-number.js';
import { formatSessions } from '../session/session-table.js';
import { escapeLine } from '../terminal/escape.js';
import { formatPairs } from '../terminal/table.js';
import type { Chat } from './chat.js';
import { findContact, recipientOf, sessionsWith } from './chat-state.js';
import { parseAddArgument, unquote } from './slash-line.js';

/** What a command leads to: on with the chat, or out of it. */
export type Step = { readonly kind: 'stay' } | { readonly kind: 'quit' };

export const STAY: Step = { kind: 'stay' };

export interface SlashCommand<S = Step> {
  readonly name: string;
  /** As it is typed, with its parameters. */
  readonly usage: string;
  readonly summary: string;
  run(chat: Chat, argument: string): Promise<S>;
}

/** The contact that was named, or without a name the partner. */
export function contactFor(chat: Chat, argument: string): { id: string; name: string } {
  const name = unquote(argument);
  if (name !== '') {
    const found = findContact(chat.state, name);
    if (found === undefined) throw new CliError('usage', 'No contact is called that.', '/contacts');
    return found;
  }
  const recipient = recipientOf(chat.state);
  if (recipient.kind === 'contact') {
    return { id: recipient.contact, name: chat.name(recipient.contact) };
  }
  throw new CliError('usage', 'Say which contact.', 'the command again with a NAME');
}

const to: SlashCommand = {
  name: 'to',
  usage: '/to NAME',
  summary: 'write to this contact from now on',
  async run(chat, argument) {
    const contact = contactFor(chat, argument);
    chat.choose(contact.id);
    const isOnline = sessionsWith(chat.state, contact.id).length > 0;
    const offline = isOnline ? '' : ' They are offline: texts wait until you are both online.';
    chat.voice.notice(`You write to ${chat.name(contact.id)} now.${offline}`);
    return STAY;
  },
};

const who: SlashCommand = {
  name: 'who',
  usage: '/who',
  summary: 'who is connected',
  async run(chat) {
    const sessions = await chat.gravy.call('session.list', {});
    const names = new Map([...chat.state.contacts.values()].map(({ id, name }) => [id, name]));
    if (sessions.length === 0) chat.voice.notice('Nobody is connected.');
    else chat.voice.lines(formatSessions(sessions, names, chat.style, chat.voice.size?.columns));
    return STAY;
  },
};

const contacts: SlashCommand = {
  name: 'contacts',
  usage: '/contacts',
  summary: 'everybody you know',
  async run(chat) {
    const all = await chat.gravy.call('contact.list', {});
    if (all.length === 0) chat.voice.notice('No contacts yet: /invite, or /add NAME ID');
    else chat.voice.lines(formatContacts(all, chat.style, chat.voice.size?.columns));
    return STAY;
  },
};

const add: SlashCommand = {
  name: 'add',
  usage: '/add NAME ID [URL]',
  summary: 'add a contact by the id they gave you',
  async run(chat, argument) {
    const parsed = parseAddArgument(argument);
    if (parsed === undefined)
      throw new CliError('usage', 'A name and an id are needed.', add.usage);
    const contact = await chat.gravy.call('contact.add', parsed);
    const name = escapeLine(contact.name);
    chat.voice.notice(`${name} is a contact now, not verified yet: /verify ${name}`);
    return STAY;
  },
};

const verify: SlashCommand = {
  name: 'verify',
  usage: '/verify NAME [yes]',
  summary: 'show the safety number; with "yes", record that it is the same on both sides',
  async run(chat, argument) {
    const isNamed = argument === '' || findContact(chat.state, unquote(argument)) !== undefined;
    const isYes = !isNamed && /(^|\s)yes$/iu.test(argument);
    const contact = contactFor(chat, isYes ? argument.replace(/\s*yes$/iu, '') : argument);
    const name = chat.name(contact.id);
    if (isYes) {
      await chat.gravy.call('contact.setVerified', { contact: contact.id, verified: true });
      chat.voice.notice(`${name} is verified.`);
      return STAY;
    }
    const { number, verified } = await chat.gravy.call('contact.safetyNumber', {
      contact: contact.id,
    });
    chat.voice.notice(
      `Safety number with ${name} (${verified ? 'verified' : 'not verified'}). It must be the same on both sides:`,
    );
    chat.voice.lines(formatSafetyNumber(number));
    if (!verified) chat.voice.notice(`If it is, type /verify ${name} yes`);
    return STAY;
  },
};

const id: SlashCommand = {
  name: 'id',
  usage: '/id',
  summary: 'your own id, for people who want to add you',
  async run(chat) {
    const { name, id: own } = chat.account;
    chat.voice.lines(
      formatPairs(
        [
          ['Account', escapeLine(name)],
          ['Id', own],
        ],
        chat.style,
      ),
    );
    return STAY;
  },
};

const quit: SlashCommand = {
  name: 'quit',
  usage: '/quit',
  summary: 'end the program',
  run: async () => ({ kind: 'quit' }),
};

/** What can be typed in every chat, in the order of the help. */
export const EVERYWHERE: readonly SlashCommand[] = [to, who, contacts, add, verify, id];
/** Stands last in every help. */
export const QUIT = quit;
