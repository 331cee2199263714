import { type Command, InvalidArgumentError } from 'commander';
import type { Runtime } from '../context.js';
import { showHistory } from '../history/actions.js';
import { addExamples, withOutcome } from './subcommand.js';

const DEFAULT_LIMIT = 50;

export function addHistoryCommands(program: Command, runtime: Runtime): void {
  const history = program
    .command('history')
    .description('the stored conversations')
    .helpCommand(false);
  addExamples(history, 'gravy history show ben');

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
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/u.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('It must be a whole number from 1.');
  }
  return count;
}
