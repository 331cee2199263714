import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { acceptRequest, declineRequest, listRequests } from '../request/actions.js';
import { addExamples, withOutcome } from './subcommand.js';

const ID = 'whole, or shortened as "gravy requests list" shows it';

export function addRequestsCommands(program: Command, runtime: Runtime): void {
  const requests = program
    .command('requests')
    .description('strangers who asked to be let in while you hosted with --ask')
    .helpCommand(false);
  addExamples(requests, 'gravy requests list', 'gravy requests accept gravy1... Ben');

  addExamples(
    requests
      .command('list')
      .description('who asks, newest first, with the safety number to compare')
      .action(withOutcome(runtime, listRequests)),
    'gravy requests list',
  );
  addExamples(
    requests
      .command('accept')
      .description('make a stranger a contact; who still waits is let in at once')
      .argument('<id>', ID)
      .argument('<name>', 'how you call them')
      .action(withOutcome(runtime, acceptRequest)),
    'gravy requests accept gravy1... Ben',
  );
  addExamples(
    requests
      .command('decline')
      .description('forget a request; they may ask again, unless you block them')
      .argument('<id>', ID)
      .option('--block', 'never hear of them again')
      .action(withOutcome(runtime, declineRequest)),
    'gravy requests decline gravy1...',
    'gravy requests decline gravy1... --block',
  );
}
