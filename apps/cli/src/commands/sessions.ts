import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { closeSession, disconnectContact, listSessions } from '../session/actions.js';
import { addExamples, withOutcome } from './subcommand.js';

export function addSessionsCommands(program: Command, runtime: Runtime): void {
  const sessions = program
    .command('sessions')
    .description('who is connected right now')
    .helpCommand(false);
  addExamples(sessions, 'gravy sessions list', 'gravy sessions close SESSION');

  addExamples(
    sessions
      .command('list')
      .description('open sessions, newest first')
      .action(withOutcome(runtime, listSessions)),
    'gravy sessions list',
  );
  addExamples(
    sessions
      .command('close')
      .description("end a session: the host's kick, the guest's exit")
      // A session's id is random and may begin with a dash.
      .allowUnknownOption()
      .argument('<session>', 'as "gravy sessions list" shows it')
      .action(withOutcome(runtime, closeSession)),
    'gravy sessions close SESSION',
  );
  addExamples(
    sessions
      .command('disconnect')
      .description('end every session with a contact, and do not connect again')
      .argument('<contact>', 'name or id')
      .action(withOutcome(runtime, disconnectContact)),
    'gravy sessions disconnect ben',
  );
}
