import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { createInvite, listInvites, revokeInvite } from '../invite/actions.js';
import { durationUpTo } from './duration.js';
import { addExamples, withOutcome } from './subcommand.js';

const DAY_MS = 86_400_000;

export function addInviteCommands(program: Command, runtime: Runtime): void {
  const invite = program
    .command('invite')
    .description(
      'make one string that lets one person in; it works while you host. The string alone goes to ' +
        'standard output',
    )
    .option('--name <name>', 'how you call whoever comes by it')
    .option('--expires <time>', 'for how long: 30m, 24h, up to 30d', durationUpTo('30d'), DAY_MS)
    .option('--url <url>', 'where you will host, instead of where you host now')
    .helpCommand(false)
    .action(withOutcome(runtime, createInvite));
  // commander would show the number behind it.
  for (const option of invite.options)
    if (option.long === '--expires') option.default(DAY_MS, '24h');
  addExamples(
    invite,
    'gravy invite --name Ben',
    'gravy invite --expires 30m --json',
    'gravy invite --url wss://gravy.example.org',
    'gravy invite list',
  );

  addExamples(
    invite
      .command('list')
      .description('your invites, and what became of them')
      .action(withOutcome(runtime, listInvites)),
    'gravy invite list',
  );
  addExamples(
    invite
      .command('revoke')
      .description('make an invite useless; who came by it stays a contact')
      // An invite's id is random and may begin with a dash.
      .allowUnknownOption()
      .argument('<id>', 'as "gravy invite list" shows it')
      .action(withOutcome(runtime, revokeInvite)),
    'gravy invite revoke ID',
  );
}
