import type { FileInfo } from '@gravy/messenger';
import { CliError } from '../../../cli-error.js';
import { describeFile } from '../../../file/file-words.js';
import { filesFor } from '../log/open-files.js';
import type { ConversationScreen } from './conversation-screen.js';

type Deed = 'accept' | 'decline';

/** More than anybody chooses from; the rest can be selected in the log. */
const MAX_LISTED = 20;
/** What the numbers of the last list stood for: a list that changes meanwhile must not change them. */
const lists = new WeakMap<ConversationScreen, readonly string[]>();

/**
 * The file that a command without more is about: the only one there is. Of several none is picked, since
 * the other side could offer another one while the command is typed: they are listed, to be chosen by number.
 * @throws CliError if there is none, or none of this number
 */
export function chooseFile(
  screen: ConversationScreen,
  deed: Deed,
  argument: string,
): FileInfo | undefined {
  const files = filesFor(screen.dialogue.state.log, deed);
  if (argument !== '') return byNumber(screen, files, deed, argument);
  const [first, second] = files;
  if (first === undefined) throw new CliError('usage', 'No file is offered.');
  if (second === undefined) return first;
  const listed = files.slice(-MAX_LISTED);
  lists.set(
    screen,
    listed.map(({ id }) => id),
  );
  const rows = listed.map((file, at) => `${at + 1}  ${describeFile(file)}`);
  screen.dialogue.say([`Which one? /${deed} NUMBER`, ...rows].join('\n'));
  return undefined;
}

function byNumber(
  screen: ConversationScreen,
  files: readonly FileInfo[],
  deed: Deed,
  argument: string,
): FileInfo {
  const listed = lists.get(screen);
  if (listed === undefined) {
    throw new CliError('usage', `Nothing has a number yet. To see what is offered: /${deed}`);
  }
  const id = /^\d{1,3}$/u.test(argument) ? listed[Number(argument) - 1] : undefined;
  const found = files.find((file) => file.id === id);
  if (found !== undefined) return found;
  throw new CliError('usage', `No file of this number is offered any more. The list: /${deed}`);
}
