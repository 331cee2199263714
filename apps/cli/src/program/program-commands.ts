import { findAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import { formatHosting } from '../chat/host-lines.js';
import { parseConnectArgument, unquote } from '../chat/slash-line.js';
import { type SlashCommand, STAY, type Step } from '../chat/slash-commands.js';
import { escapeLine } from '../terminal/escape.js';
import { formatTable, shortenId } from '../terminal/table.js';

export type ProgramStep = Step | { readonly kind: 'switch'; readonly account: string };

export const host: SlashCommand = {
  name: 'host',
  usage: '/host [PORT]',
  summary: 'wait for your contacts (port 8080, or another)',
  async run(chat, argument) {
    if (argument !== '' && !/^\d{1,5}$/u.test(argument)) {
      throw new CliError('usage', 'A port is a number from 0 to 65535.', '/host 8080');
    }
    const port = argument === '' ? {} : { port: Number(argument) };
    const hosting = await chat.gravy.call('host.start', port);
    chat.voice.lines(formatHosting(chat.account, hosting, chat.style));
    return STAY;
  },
};

export const stop: SlashCommand = {
  name: 'stop',
  usage: '/stop',
  summary: 'stop hosting; your guests are told',
  async run(chat) {
    await chat.gravy.call('host.stop', {});
    return STAY;
  },
};

export const connect: SlashCommand = {
  name: 'connect',
  usage: '/connect URL NAME',
  summary: 'connect to a contact who hosts',
  async run(chat, argument) {
    const parsed = parseConnectArgument(argument);
    if (parsed === undefined)
      throw new CliError('usage', 'An address and a contact are needed.', connect.usage);
    // Connecting may take long, and others may be waiting for an answer meanwhile.
    chat.gravy.call('session.connect', parsed).then(
      ({ contact }) => chat.choose(contact),
      (error: unknown) => chat.voice.fail(error),
    );
    chat.voice.notice(`Connecting to ${escapeLine(parsed.url)} ...`);
    return STAY;
  },
};

export const accounts: SlashCommand<ProgramStep> = {
  name: 'accounts',
  usage: '/accounts [NAME]',
  summary: 'your accounts; with a name, go on with that one',
  async run(chat, argument) {
    const all = await chat.gravy.call('account.list', {});
    if (argument !== '')
      return { kind: 'switch', account: findAccount(all, unquote(argument)).name };
    const rows = all.map(({ name, id }) => [
      escapeLine(name),
      escapeLine(shortenId(id)),
      id === chat.account.id ? 'open here' : '',
    ]);
    chat.voice.lines(formatTable(['NAME', 'ID', ''], rows, chat.style));
    return STAY;
  },
};
