import { openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { askYesNo } from '../terminal/ask.js';
import { escapeLine } from '../terminal/escape.js';
import { canAsk } from '../terminal/terminal.js';

export async function deleteHistory(
  context: Context,
  contact: string,
  options: { yes?: true; files?: true },
): Promise<Outcome> {
  const { terminal } = context;
  if (options.yes !== true && !canAsk(terminal)) {
    throw new CliError(
      'confirmation_needed',
      'Deleting must be confirmed, and there is no terminal to ask for it.',
      'the same command with --yes',
    );
  }
  const { gravy } = await openAccount(context);
  const name = escapeLine(contact);
  const files = options.files === true ? 'delete' : 'keep';
  if (options.yes !== true) {
    const alsoFiles = files === 'delete' ? ', and the files that came with them,' : '';
    const question = `Delete all messages with ${name}${alsoFiles} on this side, for good?`;
    if (!(await askYesNo(terminal, question))) {
      throw new CliError('cancelled', 'Nothing was deleted.', `gravy history show ${name}`);
    }
  }
  await gravy.call('history.delete', { contact, files });
  const kept = files === 'keep' ? ' Received files stay where they are.' : '';
  return { value: {}, lines: [`The conversation with ${name} is deleted here.${kept}`] };
}
