import { type Command, InvalidArgumentError, Option } from 'commander';
import { contextOf, type Runtime } from '../context.js';
import { showHistory } from '../history/actions.js';
import { deleteHistory } from '../history/delete.js';
import { exportHistory } from '../history/export.js';
import { searchHistory } from '../history/search.js';
import { addExamples, withOutcome } from './subcommand.js';

const DEFAULT_LIMIT = 50;

export function addHistoryCommands(program: Command, runtime: Runtime): void {
  const history = program
    .command('history')
    .description('the stored conversations')
    .helpCommand(false);
  addExamples(history, 'gravy history show ben', 'gravy history search "tunnel ready"');

  addExamples(
    history
      .command('show')
      .description('the newest messages with a contact, newest last')
      .argument('<contact>', 'name or id')
      .option('--limit <number>', 'how many', parseCount, DEFAULT_LIMIT)
      .action(withOutcome(runtime, showHistory)),
    'gravy history show ben',
    'gravy history show ben --limit 500 --json',
  );
  addExamples(
    history
      .command('search')
      .description('messages that have all these words, or words beginning so; newest first')
      .argument('<words...>', 'case and accents do not count')
      .option('--contact <contact>', 'only with this contact')
      .option('--limit <number>', 'how many', parseCount, DEFAULT_LIMIT)
      .action(withOutcome(runtime, searchHistory)),
    'gravy history search tunnel ready',
    'gravy history search --contact ben report --json',
  );
  addExamples(
    history
      .command('export')
      .description('write a conversation to a new file, or to standard output')
      .argument('<contact>', 'name or id')
      .argument('[file]', 'without it, standard output')
      .addOption(
        new Option('--format <format>', 'how it is written')
          .choices(['json', 'text', 'html'])
          .makeOptionMandatory(),
      )
      .action(
        (
          contact: string,
          file: string | undefined,
          options: Parameters<typeof exportHistory>[3],
          command: Command,
        ) => exportHistory(contextOf(command, runtime), contact, file, options),
      ),
    'gravy history export ben --format html ben.html',
    'gravy history export ben --format json > ben.json',
  );
  addExamples(
    history
      .command('delete')
      .description('delete a conversation on this side, for good')
      .argument('<contact>', 'name or id')
      .option('--files', 'also the files that came with it')
      .option('--yes', 'without being asked')
      .action(withOutcome(runtime, deleteHistory)),
    'gravy history delete ben',
    'gravy history delete ben --files --yes',
  );
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/u.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('It must be a whole number from 1.');
  }
  return count;
}
