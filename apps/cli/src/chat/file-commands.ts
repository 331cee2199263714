import type { FileInfo } from '@gravy/messenger';
import { CliError } from '../cli-error.js';
import { formatBytes } from '../file/amounts.js';
import { formatFiles, shortFileId } from '../file/file-table.js';
import { nameOfFile } from '../file/file-words.js';
import { findFile } from '../file/find-file.js';
import { pathOf } from '../file/typed-path.js';
import { escapeLine } from '../terminal/escape.js';
import type { Chat } from './chat.js';
import { recipientOf } from './chat-state.js';
import { contactFor, type SlashCommand, STAY } from './slash-commands.js';
import { parseWordAndName } from './slash-line.js';

const SHOWN = 20;

const file: SlashCommand = {
  name: 'file',
  usage: '/file PATH',
  summary: 'offer a file or a folder',
  async run(chat, argument) {
    if (argument === '') throw new CliError('usage', 'A path is needed.', file.usage);
    const contact = contactFor(chat, '');
    const path = pathOf(argument);
    const { id, name, size } = await chat.gravy.call('file.send', { contact: contact.id, path });
    const offered = `"${escapeLine(name)}" (${formatBytes(size)}) is offered to ${chat.name(contact.id)}`;
    chat.voice.notice(`${offered}. To take it back: /cancel-file ${shortFileId(id)}`);
    return STAY;
  },
};

const files: SlashCommand = {
  name: 'files',
  usage: '/files',
  summary: 'files sent and received, with the ids of those that are offered',
  async run(chat) {
    const recipient = recipientOf(chat.state);
    const whose = recipient.kind === 'contact' ? { contact: recipient.contact } : {};
    const all = await chat.gravy.call('file.list', { ...whose, limit: SHOWN });
    const names = new Map([...chat.state.contacts.values()].map(({ id, name }) => [id, name]));
    if (all.length === 0) chat.voice.notice('No files yet: /file PATH');
    else {
      const columns = chat.voice.size?.columns;
      chat.voice.lines(formatFiles(all, { names, style: chat.style, columns }));
    }
    return STAY;
  },
};

const accept: SlashCommand = {
  name: 'accept-file',
  usage: '/accept-file ID [FOLDER]',
  summary: 'take a file that is offered, or one that waits, up again',
  async run(chat, argument) {
    const { word = '', name } = parseWordAndName(argument) ?? {};
    const found = await find(chat, word);
    const directory = name === undefined ? {} : { directory: pathOf(name) };
    await chat.gravy.call('file.accept', { id: found.id, contact: found.contact, ...directory });
    const isHere = chat.state.sessions.size > 0;
    const when = isHere ? '' : ' It comes once you are connected.';
    chat.voice.notice(`You accepted ${nameOfFile(found)}.${when}`);
    return STAY;
  },
};

const decline: SlashCommand = {
  name: 'decline-file',
  usage: '/decline-file ID',
  summary: 'refuse a file that is offered',
  async run(chat, argument) {
    const found = await find(chat, argument);
    await chat.gravy.call('file.decline', { id: found.id, contact: found.contact });
    return STAY;
  },
};

const cancel: SlashCommand = {
  name: 'cancel-file',
  usage: '/cancel-file ID',
  summary: 'end a transfer, yours or theirs',
  async run(chat, argument) {
    const found = await find(chat, argument);
    await chat.gravy.call('file.cancel', { id: found.id, contact: found.contact });
    return STAY;
  },
};

async function find(chat: Chat, id: string): Promise<FileInfo> {
  if (id === '') throw new CliError('usage', 'An id is needed.', '/files');
  return findFile(chat.gravy, id, '/files');
}

/** Files: what can be typed about them in every chat, in the order of the help. */
export const FILE_COMMANDS: readonly SlashCommand[] = [file, files, accept, decline, cancel];
