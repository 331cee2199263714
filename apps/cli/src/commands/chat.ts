import { type Command, Option } from 'commander';
import { connectAndChat } from '../chat/connect-chat.js';
import { type HostOptions, hostAndChat } from '../chat/host-chat.js';
import { contextOf, type Runtime } from '../context.js';
import { parsePort } from './port.js';
import { addExamples } from './subcommand.js';

const DEFAULT_PORT = 8080;

export function addChatCommands(program: Command, runtime: Runtime): void {
  addExamples(
    program
      .command('host')
      .description('wait for contacts, and chat with whoever connects')
      .option('--port <number>', 'where to listen; 0 picks a free port', parsePort, DEFAULT_PORT)
      .option('--hostname <name>', 'on which address of this machine', '127.0.0.1')
      .addOption(
        new Option('--tunnel <kind>', 'be reachable from everywhere, through Cloudflare')
          .choices(['none', 'quick', 'named'])
          .default('none'),
      )
      .option('--token-file <file>', 'with a named tunnel: the file with its token')
      .option(
        '--public-url <url>',
        'where a reverse proxy of yours, or a named tunnel, leads here: contacts are told it',
      )
      .option('--ask', 'let strangers ask to be let in; without it they meet silence')
      .option('--invite [name]', 'make an invite, for somebody whom you call so')
      .action((options: HostOptions, command: Command) =>
        hostAndChat(contextOf(command, runtime), options),
      ),
    'gravy host --tunnel quick --invite Ben',
    'gravy host --invite Ben',
    'gravy host --port 0 --hostname 0.0.0.0 --ask',
    'gravy host --public-url wss://gravy.example.org',
  );
  addExamples(
    program
      .command('connect')
      .description(
        'connect to somebody who hosts, and chat; a session that is lost is taken up again',
      )
      .usage('[options] INVITE|- [NAME]  |  URL CONTACT  |  CONTACT')
      .argument('<where>', 'an invite, - to read one from standard input, a URL, or a contact')
      .argument('[name]', 'with a URL: whom you expect there; with an invite: how you call them')
      .action((where: string, name: string | undefined, _options: unknown, command: Command) =>
        connectAndChat(contextOf(command, runtime), where, name),
      ),
    'gravy connect -',
    'gravy connect gravyinvite1... Ben',
    'gravy connect ws://192.168.1.20:8080 ben',
    'gravy connect ben',
  );
}
