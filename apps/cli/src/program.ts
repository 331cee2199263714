import { Command, Option } from 'commander';
import { addExamples } from './commands/subcommand.js';
import { contextOf, type Runtime } from './context.js';
import { readVersion } from './version.js';

const EXIT_CODE_HELP = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong password or locked, 4 unreachable,
5 not delivered in time, 130 interrupted. With --json, errors are JSON on standard error.`;

type AddCommands = (program: Command, runtime: Runtime) => void;

interface CommandGroup {
  readonly names: readonly string[];
  readonly load: () => Promise<AddCommands>;
}

/** In the order of the help text. Loaded one by one, since most runs need a single one. */
const GROUPS: readonly CommandGroup[] = [
  {
    names: ['account'],
    load: async () => (await import('./commands/account.js')).addAccountCommands,
  },
  {
    names: ['contact'],
    load: async () => (await import('./commands/contact.js')).addContactCommands,
  },
  { names: ['invite'], load: async () => (await import('./commands/invite.js')).addInviteCommands },
  {
    names: ['host', 'connect'],
    load: async () => (await import('./commands/chat.js')).addChatCommands,
  },
  { names: ['send'], load: async () => (await import('./commands/send.js')).addSendCommand },
  { names: ['files'], load: async () => (await import('./commands/files.js')).addFilesCommands },
  {
    names: ['requests'],
    load: async () => (await import('./commands/requests.js')).addRequestsCommands,
  },
  {
    names: ['sessions'],
    load: async () => (await import('./commands/sessions.js')).addSessionsCommands,
  },
  {
    names: ['history'],
    load: async () => (await import('./commands/history.js')).addHistoryCommands,
  },
  { names: ['tunnel'], load: async () => (await import('./commands/tunnel.js')).addTunnelCommands },
  { names: ['doctor'], load: async () => (await import('./commands/doctor.js')).addDoctorCommand },
  {
    names: ['settings'],
    load: async () => (await import('./commands/settings.js')).addSettingsCommands,
  },
  { names: ['gui'], load: async () => (await import('./commands/gui.js')).addGuiCommand },
  { names: ['rpc'], load: async () => (await import('./commands/rpc.js')).addRpcCommand },
  {
    names: ['completion'],
    load: async () => {
      const { addCompletionCommand } = await import('./commands/completion.js');
      return (program, runtime) =>
        addCompletionCommand(program, runtime, () => buildProgram(runtime, []));
    },
  },
];

/** The program with the commands that these words may need: of one group, or, for help and errors, of all. */
export async function buildProgram(runtime: Runtime, words: readonly string[]): Promise<Command> {
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
    .addOption(
      new Option('--notify <how>', 'full screen: tell of news by a bell or a notification')
        .choices(['none', 'bell', 'desktop'])
        .default('none')
        .env('GRAVY_NOTIFY'),
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => errors.write(text),
      // Usage errors are thrown and written with all the others.
      outputError: () => undefined,
    });
  const [name] = program.parseOptions([...words]).operands;
  const named = GROUPS.filter(({ names }) => name !== undefined && names.includes(name));
  const groups = named.length > 0 ? named : GROUPS;
  for (const add of await Promise.all(groups.map(({ load }) => load()))) add(program, runtime);
  program.action(async (_options: unknown, command: Command) => {
    const { runProgram } = await import('./program/run-program.js');
    await runProgram(contextOf(command, runtime), command);
  });
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
