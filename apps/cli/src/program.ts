import { Command } from 'commander';
import { addAccountCommands } from './commands/account.js';
import { addChatCommands } from './commands/chat.js';
import { addContactCommands } from './commands/contact.js';
import { addFilesCommands } from './commands/files.js';
import { addGuiCommand } from './commands/gui.js';
import { addHistoryCommands } from './commands/history.js';
import { addInviteCommands } from './commands/invite.js';
import { addRequestsCommands } from './commands/requests.js';
import { addRpcCommand } from './commands/rpc.js';
import { addSendCommand } from './commands/send.js';
import { addSessionsCommands } from './commands/sessions.js';
import { addSettingsCommands } from './commands/settings.js';
import { addExamples } from './commands/subcommand.js';
import { addTunnelCommands } from './commands/tunnel.js';
import type { Runtime } from './context.js';
import { readVersion } from './version.js';

const EXIT_CODE_HELP = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong password or locked, 4 unreachable,
5 not delivered in time, 130 interrupted. With --json, errors are JSON on standard error.`;

export function buildProgram(runtime: Runtime): Command {
  const { output, errors } = runtime.terminal;
  const program = new Command('gravy')
    .description('End-to-end encrypted chat between two machines, with no server in between.')
    .version(readVersion(), '--version', 'print the version')
    .helpOption('--help', 'show help for a command')
    .helpCommand(false)
    .option('--home <dir>', 'where accounts are kept (or GRAVY_HOME)')
    .option('--account <name>', 'which account (default: the only one)')
    .option('--password-file <file>', 'file of one line with the password (or GRAVY_PASSWORD)')
    .option('--json', 'print one JSON value and nothing else')
    .option('--no-color', 'no colours (or NO_COLOR)')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => errors.write(text),
      // Usage errors are thrown and written with all the others.
      outputError: () => undefined,
    });
  addAccountCommands(program, runtime);
  addContactCommands(program, runtime);
  addInviteCommands(program, runtime);
  addChatCommands(program, runtime);
  addSendCommand(program, runtime);
  addFilesCommands(program, runtime);
  addRequestsCommands(program, runtime);
  addSessionsCommands(program, runtime);
  addHistoryCommands(program, runtime);
  addTunnelCommands(program, runtime);
  addSettingsCommands(program, runtime);
  addGuiCommand(program, runtime);
  addRpcCommand(program, runtime);
  addExamples(
    program,
    'gravy',
    'gravy account create ada',
    'gravy host --invite',
    'gravy connect -',
  );
  // Only here: a word that is no command is answered by the program itself.
  program.allowExcessArguments();
  return program.addHelpText('after', EXIT_CODE_HELP);
}
