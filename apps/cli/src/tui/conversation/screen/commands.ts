import type { Message } from '@gravy/messenger';
import { CliError } from '../../../cli-error.js';
import { pathOf } from '../../../file/typed-path.js';
import { filesFor } from '../log/open-files.js';
import type { ConversationScreen } from './conversation-screen.js';
import { chooseFile } from './offered-files.js';
import { sendText } from './send-text.js';

/** What can be typed after a slash. */
export interface Command {
  readonly name: string;
  /** As it is typed, with its parameters. */
  readonly usage: string;
  readonly summary: string;
  /** @throws CliError, and what the core throws */
  run(screen: ConversationScreen, argument: string): Promise<void> | void;
}

export const file: Command = {
  name: 'file',
  usage: '/file PATH',
  summary: 'offer a file or a folder',
  run(screen, argument) {
    if (argument === '') return screen.openPanel({ kind: 'attach' });
    return screen.dialogue.sendFile(pathOf(argument));
  },
};

const reply: Command = {
  name: 'reply',
  usage: '/reply [TEXT]',
  summary: 'reply to the last message they wrote; to another: select it and press r',
  run(screen, argument) {
    const last = findLast(screen, ({ direction }) => direction === 'in');
    if (last === undefined) throw new CliError('usage', 'They have not written anything yet.');
    screen.replyTo(last.id);
    return argument === '' ? undefined : sendText(screen, argument);
  },
};

const accept = fileCommand('accept', 'take the file that is offered; of several, choose');
const decline = fileCommand('decline', 'refuse the file that is offered; of several, choose');

const cancel: Command = {
  name: 'cancel',
  usage: '/cancel',
  summary: 'end the newest transfer; if there is none, take back the last text that waits',
  run(screen) {
    const found = filesFor(screen.dialogue.state.log, 'cancel').at(-1);
    if (found !== undefined) return screen.dialogue.onFile('cancel', found);
    const waiting = findLast(
      screen,
      ({ direction, state, file: sent }) =>
        direction === 'out' && state === 'queued' && sent === undefined,
    );
    if (waiting === undefined)
      throw new CliError('usage', 'No transfer goes on, and no text waits.');
    return screen.dialogue.takeBack(waiting.id);
  },
};

export const search: Command = {
  name: 'search',
  usage: '/search WORDS',
  summary: 'find messages with all these words, and go to one',
  run: (screen, argument) => screen.openPanel({ kind: 'search', query: argument }),
};

const verify: Command = {
  name: 'verify',
  usage: '/verify',
  summary: 'compare the safety number',
  async run(screen) {
    screen.openPanel({ kind: 'verify', ...(await screen.dialogue.safetyNumber()) });
  },
};

export const exit: Command = {
  name: 'exit',
  usage: '/exit',
  summary: 'end your session with this host',
  async run(screen) {
    if ((await screen.dialogue.closeSessions('guest')) > 0) return;
    throw new CliError('usage', `You are not a guest of ${screen.name}.`);
  },
};

export const kick: Command = {
  name: 'kick',
  usage: '/kick',
  summary: 'end the session of this guest',
  async run(screen) {
    if ((await screen.dialogue.closeSessions('host')) > 0) return;
    throw new CliError('usage', `${screen.name} is not here as your guest.`);
  },
};

const help: Command = {
  name: 'help',
  usage: '/help',
  summary: 'this list',
  run: (screen) => screen.openPanel({ kind: 'help' }),
};

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  file,
  reply,
  accept,
  decline,
  cancel,
  search,
  verify,
  exit,
  kick,
  help,
];

/** The commands that a beginning of a line may become; none once a parameter has begun. */
export function matchCommands(line: string): readonly Command[] {
  const [, typed] = /^\/([a-z?]*)$/iu.exec(line) ?? [];
  if (typed === undefined) return [];
  return COMMANDS.filter(({ name }) => name.startsWith(typed.toLowerCase()));
}

/** @throws CliError if there is no such command */
export function findCommand(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name);
  if (found !== undefined) return found;
  if (name === '?') return help;
  throw new CliError('usage', 'There is no such command: /help. To begin a text with a slash: //');
}

function fileCommand(name: 'accept' | 'decline', summary: string): Command {
  return {
    name,
    usage: `/${name}`,
    summary,
    run(screen, argument) {
      const found = chooseFile(screen, name, argument);
      return found === undefined ? undefined : screen.dialogue.onFile(name, found);
    },
  };
}

function findLast(
  { dialogue }: ConversationScreen,
  isMeant: (message: Message) => boolean,
): Message | undefined {
  const entry = dialogue.state.log.entries.findLast(
    (candidate) => candidate.kind === 'message' && isMeant(candidate.message),
  );
  return entry?.kind === 'message' ? entry.message : undefined;
}
