import { CliError } from '../cli-error.js';
import type { Chat } from './chat.js';
import { sessionsWith } from './chat-state.js';
import { contactFor, type SlashCommand, STAY } from './slash-commands.js';

const MAX_HISTORY = 500;
const DEFAULT_HISTORY = 20;

/** Ends the sessions with a contact that this side holds in this role. */
async function closeSessions(chat: Chat, contact: string, role: 'host' | 'guest'): Promise<number> {
  const sessions = sessionsWith(chat.state, contact).filter((session) => session.role === role);
  for (const { id } of sessions) await chat.gravy.call('session.close', { session: id });
  return sessions.length;
}

export const kick: SlashCommand = {
  name: 'kick',
  usage: '/kick NAME',
  summary: 'end the session of somebody who came to you',
  async run(chat, argument) {
    const contact = contactFor(chat, argument);
    if ((await closeSessions(chat, contact.id, 'host')) === 0) {
      throw new CliError('usage', `${chat.name(contact.id)} is not here as your guest.`, '/who');
    }
    return STAY;
  },
};

/** `/exit`, where the chat goes on without the session. */
export const exit: SlashCommand = {
  name: 'exit',
  usage: '/exit [NAME]',
  summary: 'end your session with a host',
  async run(chat, argument) {
    const contact = contactFor(chat, argument);
    if ((await closeSessions(chat, contact.id, 'guest')) === 0) {
      throw new CliError(
        'usage',
        `You are not a guest of ${chat.name(contact.id)}.`,
        '/kick NAME, or /quit',
      );
    }
    return STAY;
  },
};

/** `/exit`, where the session is all there is. */
export const exitAndQuit: SlashCommand = {
  name: 'exit',
  usage: '/exit',
  summary: 'end the session and the program',
  run: async () => ({ kind: 'quit' }),
};

export const disconnect: SlashCommand = {
  name: 'disconnect',
  usage: '/disconnect [NAME]',
  summary: 'end all sessions with a contact, and do not connect again',
  async run(chat, argument) {
    const contact = contactFor(chat, argument);
    const isWaiting = chat.isReconnecting(contact.id);
    if (sessionsWith(chat.state, contact.id).length === 0 && !isWaiting) {
      throw new CliError('usage', `${chat.name(contact.id)} is not connected.`, '/who');
    }
    await chat.gravy.call('session.disconnect', { contact: contact.id });
    if (isWaiting) chat.notReconnecting(contact.id);
    return STAY;
  },
};

export const cancel: SlashCommand = {
  name: 'cancel',
  usage: '/cancel [NAME]',
  summary: 'take back the last text that still waits',
  async run(chat, argument) {
    const contact = contactFor(chat, argument);
    const page = await chat.gravy.call('message.history', {
      contact: contact.id,
      limit: MAX_HISTORY,
    });
    const waiting = page.messages.findLast(
      ({ direction, state }) => direction === 'out' && state === 'queued',
    );
    if (waiting === undefined) {
      throw new CliError('usage', `No text to ${chat.name(contact.id)} waits.`, '/history');
    }
    const isShown = chat.outgoing.isUnderway(waiting.id);
    await chat.gravy.call('message.cancel', { id: waiting.id });
    if (!isShown) chat.voice.print(chat.formatMessage({ ...waiting, state: 'cancelled' }));
    return STAY;
  },
};

export const history: SlashCommand = {
  name: 'history',
  usage: '/history [NAME] [NUMBER]',
  summary: `what was said before (${DEFAULT_HISTORY} messages, or as many as you say)`,
  async run(chat, argument) {
    const [, name = '', digits] = /^(.*?)(?:\s*\b(\d+))?$/su.exec(argument) ?? [];
    const limit = Math.min(Number(digits ?? DEFAULT_HISTORY), MAX_HISTORY);
    const contact = contactFor(chat, name);
    const page = await chat.gravy.call('message.history', {
      contact: contact.id,
      limit: Math.max(limit, 1),
    });
    if (page.messages.length === 0) chat.voice.notice('No messages yet.');
    else
      chat.voice.notice(
        `${page.more ? 'The newest' : 'All'} messages with ${chat.name(contact.id)}:`,
      );
    for (const message of page.messages) chat.voice.print(chat.formatMessage(message));
    const newest = page.messages.at(-1);
    if (newest !== undefined) {
      chat.voice.notice('These were the stored messages.');
      await chat.gravy.call('message.markRead', { contact: contact.id, upTo: newest.id });
    }
    return STAY;
  },
};
