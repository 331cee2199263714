import { findAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import { parseTargetLine } from '../chat/connect-target.js';
import { connectTo } from '../chat/connecting.js';
import { formatHosting } from '../chat/host-lines.js';
import { unquote } from '../chat/slash-line.js';
import { type SlashCommand, STAY, type Step } from '../chat/slash-commands.js';
import { escapeLine } from '../terminal/escape.js';
import { formatTable, shortenId } from '../terminal/table.js';

export type ProgramStep = Step | { readonly kind: 'switch'; readonly account: string };

export const host: SlashCommand = {
  name: 'host',
  usage: '/host [PORT] [lan] [ask]',
  summary:
    'wait for contacts (port 8080, or another); with "lan" from all of your network, with "ask" strangers may ask',
  async run(chat, argument) {
    const words = argument.toLowerCase().split(/\s+/u);
    const port = words.find((word) => /^\d{1,5}$/u.test(word));
    if (words.some((word) => word !== port && !['', 'lan', 'ask'].includes(word))) {
      throw new CliError('usage', 'A port is a number from 0 to 65535.', '/host 8080 lan');
    }
    const hosting = await chat.gravy.call('host.start', {
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(words.includes('lan') ? { hostname: '0.0.0.0' } : {}),
      policy: words.includes('ask') ? 'ask' : 'contacts',
    });
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
  usage: '/connect INVITE or URL NAME or NAME',
  summary: 'connect to somebody who hosts',
  async run(chat, argument) {
    const target = parseTargetLine(argument);
    if (target === undefined) {
      throw new CliError(
        'usage',
        'An invite, or an address and a contact, is needed.',
        connect.usage,
      );
    }
    // Connecting may take long, and others may be waiting for an answer meanwhile.
    connectTo(chat, target).catch((error: unknown) => chat.voice.fail(error));
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
