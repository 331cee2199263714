import type { RequestInfo } from '@gravy/messenger';
import { CliError } from '../cli-error.js';
import { inviteQr } from '../invite/invite-qr.js';
import { describeInvite } from '../invite/invite-words.js';
import { findRequest } from '../request/find-request.js';
import { formatRequest } from '../request/request-lines.js';
import { escapeLine } from '../terminal/escape.js';
import type { Chat } from './chat.js';
import { findContact } from './chat-state.js';
import { parseWordAndName, unquote } from './slash-line.js';
import { type SlashCommand, STAY } from './slash-commands.js';

/** Makes an invite and shows all that is needed to pass it on. */
export async function showInvite(chat: Chat, name: string | undefined): Promise<void> {
  const { gravy, voice, style } = chat;
  const params = name === undefined ? {} : { contactName: name };
  const { invite, expiresAt } = await gravy.call('invite.create', params);
  const { urls = [] } = await gravy.call('host.status', {});
  if (voice.size !== undefined) voice.lines(await inviteQr(invite, voice.size, style));
  voice.notice(describeInvite({ expiresAt, urls, nowMs: Date.now() }).join(' '));
  voice.lines([style.accent(invite)]);
}

const invite: SlashCommand = {
  name: 'invite',
  usage: '/invite [NAME]',
  summary: 'make one string that lets one person in',
  async run(chat, argument) {
    await showInvite(chat, argument === '' ? undefined : unquote(argument));
    return STAY;
  },
};

const requests: SlashCommand = {
  name: 'requests',
  usage: '/requests',
  summary: 'strangers who ask to be let in',
  async run(chat) {
    const all = await chat.gravy.call('request.list', {});
    if (all.length === 0) chat.voice.notice('Nobody asks to be let in.');
    for (const request of all) chat.voice.lines(formatRequest(request, chat.style));
    return STAY;
  },
};

const accept: SlashCommand = {
  name: 'accept',
  usage: '/accept ID NAME',
  summary: 'let a stranger in, and call them this',
  async run(chat, argument) {
    const { word, name } = parseWordAndName(argument) ?? {};
    if (word === undefined || name === undefined) {
      throw new CliError('usage', 'An id and a name are needed.', accept.usage);
    }
    const request = await find(chat, word);
    const contact = await chat.gravy.call('request.accept', { id: request.id, name });
    chat.voice.notice(`${escapeLine(contact.name)} is a contact now, not verified yet.`);
    return STAY;
  },
};

const decline: SlashCommand = {
  name: 'decline',
  usage: '/decline ID',
  summary: 'send a stranger away',
  async run(chat, argument) {
    const { id } = await find(chat, argument);
    await chat.gravy.call('request.decline', { id });
    chat.voice.notice('Declined. They may ask again.');
    return STAY;
  },
};

const block: SlashCommand = {
  name: 'block',
  usage: '/block ID or NAME',
  summary: 'hear no more of a stranger, or of a contact',
  async run(chat, argument) {
    const contact = findContact(chat.state, unquote(argument));
    if (contact !== undefined) {
      await chat.gravy.call('contact.block', { contact: contact.id });
      chat.voice.notice(`${chat.name(contact.id)} is blocked and gets in no more.`);
      return STAY;
    }
    const { id } = await find(chat, argument);
    await chat.gravy.call('request.decline', { id, block: true });
    chat.voice.notice('Declined, and this key cannot ask again. To let it in after all:');
    chat.voice.lines([`/add NAME ${id}`]);
    return STAY;
  },
};

async function find(chat: Chat, id: string): Promise<RequestInfo> {
  if (id === '') throw new CliError('usage', 'An id is needed.', '/requests');
  try {
    return findRequest(await chat.gravy.call('request.list', {}), id);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(error.code, error.message, '/requests');
  }
}

/** Who gets in: what can be typed about it in every chat, in the order of the help. */
export const DOOR_COMMANDS: readonly SlashCommand[] = [invite, requests, accept, decline, block];
