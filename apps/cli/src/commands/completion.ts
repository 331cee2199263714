import { Argument, type Command } from 'commander';
import { commandTree } from '../completion/command-tree.js';
import { type Shell, SHELLS } from '../completion/scripts.js';
import { contextOf, refuseJson, type Runtime } from '../context.js';
import { addExamples } from './subcommand.js';

export function addCompletionCommand(
  program: Command,
  runtime: Runtime,
  /** The program with all of its commands: this run may have loaded no other. */
  wholeProgram: () => Promise<Command>,
): void {
  addExamples(
    program
      .command('completion')
      .description('print what lets your shell complete commands and options')
      .addArgument(new Argument('<shell>', 'which').choices(Object.keys(SHELLS)))
      .action(async (shell: Shell, _options: unknown, command: Command) => {
        refuseJson(contextOf(command, runtime));
        runtime.terminal.output.write(SHELLS[shell].script(commandTree(await wholeProgram())));
      }),
    ...Object.values(SHELLS).map(({ install }) => install),
  );
}
