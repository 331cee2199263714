import { CliError } from '../cli-error.js';
import type { Chat } from './chat.js';
import { type SlashCommand, STAY } from './slash-commands.js';
import { parseChatLine } from './slash-line.js';

/** Carries out one finished line: a text, or one of these commands. Errors are said, not thrown. */
export async function carryOutLine<S>(
  chat: Chat,
  commands: readonly SlashCommand<S>[],
  line: string,
): Promise<S | typeof STAY> {
  try {
    const parsed = parseChatLine(line);
    if (parsed.kind === 'text') await chat.say(parsed.text);
    if (parsed.kind === 'command') {
      const command = findCommand(commands, parsed.name);
      if (command !== undefined) return await command.run(chat, parsed.argument);
      showHelp(chat, commands);
    }
  } catch (error) {
    chat.voice.fail(error);
  }
  chat.refocus();
  return STAY;
}

/** Undefined stands for the help, which is made of the others. */
function findCommand<S>(
  commands: readonly SlashCommand<S>[],
  name: string,
): SlashCommand<S> | undefined {
  const found = commands.find((command) => command.name === name);
  if (found === undefined && name !== 'help' && name !== '?') {
    throw new CliError(
      'usage',
      'There is no such command.',
      '/help, or // to begin a text with a slash',
    );
  }
  return found;
}

function showHelp<S>(chat: Chat, commands: readonly SlashCommand<S>[]): void {
  const entries = [
    ...commands.map(({ usage, summary }) => ({ usage, summary })),
    { usage: '/help', summary: 'this list' },
    { usage: 'Ctrl-C', summary: 'end the program' },
  ];
  const width = Math.max(...entries.map(({ usage }) => usage.length));
  for (const { usage, summary } of entries) {
    chat.voice.print({ lead: `${chat.style.bold(usage.padEnd(width))}  `, text: summary });
  }
}
