import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { acceptFile, cancelFile, declineFile, listFiles } from '../file/actions.js';
import { autoAccept } from '../file/auto-accept.js';
import { addExamples, withOutcome } from './subcommand.js';

const ID = 'whole, or its beginning as "gravy files list" shows it';

export function addFilesCommands(program: Command, runtime: Runtime): void {
  const files = program.command('files').description('files sent and received').helpCommand(false);
  addExamples(files, 'gravy files list', 'gravy files accept 5f2Kq0aZ --directory ~/Downloads');

  addExamples(
    files
      .command('list')
      .description('files, newest first, with their state and where they are')
      .option('--contact <contact>', 'only those of this contact')
      .action(withOutcome(runtime, listFiles)),
    'gravy files list',
    'gravy files list --contact ben --json',
  );
  addExamples(
    files
      .command('accept')
      .description('take an offered file, or one that waits, up again')
      .argument('<id>', ID)
      .option('--directory <dir>', "where to (default: the account's own folder)")
      .action(withOutcome(runtime, acceptFile)),
    'gravy files accept 5f2Kq0aZ',
    'gravy files accept 5f2Kq0aZ --directory ~/Downloads',
  );
  addExamples(
    files
      .command('decline')
      .description('refuse an offered file')
      .argument('<id>', ID)
      .action(withOutcome(runtime, declineFile)),
    'gravy files decline 5f2Kq0aZ',
  );
  addExamples(
    files
      .command('cancel')
      .description('end a transfer, from either side')
      .argument('<id>', ID)
      .action(withOutcome(runtime, cancelFile)),
    'gravy files cancel 5f2Kq0aZ',
  );
  addExamples(
    files
      .command('auto-accept')
      .description('whose files come without asking, and up to which size each')
      .argument('[contact]', 'name or id')
      .argument('[size]', 'such as 500kB or 2GB; off to be asked again')
      .action(withOutcome(runtime, autoAccept)),
    'gravy files auto-accept',
    'gravy files auto-accept ben 10MB',
    'gravy files auto-accept ben off',
  );
}
