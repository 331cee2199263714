import type { Command } from 'commander';
import { type Context, contextOf, type Runtime } from '../context.js';
import { type Outcome, writeOutcome } from '../outcome.js';

/** Examples below the help text, each on a line of its own. */
export function addExamples(command: Command, ...examples: readonly string[]): Command {
  const title = examples.length === 1 ? 'Example:' : 'Examples:';
  return command.addHelpText(
    'after',
    `\n${title}\n${examples.map((line) => `  ${line}`).join('\n')}`,
  );
}

/**
 * An action for commander: runs a command that has one result, and writes it. The work gets the
 * positional arguments and, last, the command's own options.
 */
export function withOutcome(
  runtime: Runtime,
  work: (context: Context, ...parameters: never[]) => Promise<Outcome>,
): (...parameters: unknown[]) => Promise<void> {
  return async (...parameters) => {
    const context = contextOf(parameters.at(-1) as Command, runtime);
    writeOutcome(context, await work(context, ...(parameters.slice(0, -1) as never[])));
  };
}
