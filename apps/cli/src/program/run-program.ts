import type { Command } from 'commander';
import { openHome } from '../account/open-account.js';
import { Chat } from '../chat/chat.js';
import { converse, openScreen, settle } from '../chat/converse.js';
import { DOOR_COMMANDS } from '../chat/door-commands.js';
import { FILE_COMMANDS } from '../chat/file-commands.js';
import { cancel, disconnect, exit, history, kick } from '../chat/session-commands.js';
import { EVERYWHERE, QUIT } from '../chat/slash-commands.js';
import { CliError } from '../cli-error.js';
import { type Context, refuseJson } from '../context.js';
import { escapeLine } from '../terminal/escape.js';
import { canAsk, isInteractive } from '../terminal/terminal.js';
import type { NotifyBy } from '../tui/effects/notifier.js';
import { enterAccount } from './enter-account.js';
import { accounts, connect, host, stop } from './program-commands.js';

const COMMANDS = [
  ...EVERYWHERE,
  host,
  stop,
  connect,
  ...DOOR_COMMANDS,
  ...FILE_COMMANDS,
  kick,
  disconnect,
  exit,
  history,
  cancel,
  accounts,
  QUIT,
];

/** `gravy` without a command: the full-screen program. */
export async function runProgram(context: Context, command: Command): Promise<void> {
  if (command.args.length > 0) {
    throw new CliError('usage', 'There is no such command.', 'gravy --help');
  }
  refuseJson(context);
  if (!canAsk(context.terminal) || !isInteractive(context.terminal)) {
    command.outputHelp({ error: true });
    throw new CliError(
      'terminal_needed',
      'Without a command gravy needs a terminal.',
      'gravy --help',
    );
  }
  if (context.env['TERM'] !== 'dumb') {
    const { runTui } = await import('../tui/run-tui.js');
    return runTui(context, { notifyBy: command.opts<{ notify: NotifyBy }>().notify });
  }
  return runLineProgram(context);
}

/** For terminals that cannot move their cursor: the same account, line by line. */
async function runLineProgram(context: Context): Promise<void> {
  const gravy = await openHome(context);
  context.terminal.errors.write('Gravy: end-to-end encrypted chat, from machine to machine.\n\n');
  let wanted = context.options.account;
  for (;;) {
    const account = await enterAccount(context, gravy, wanted);
    const screen = openScreen(context);
    const chat = new Chat({ gravy, account, screen, style: context.style });
    context.cleanups.push(() => chat.stop());
    await chat.start();
    chat.voice.notice(
      `You are ${escapeLine(account.name)}. /help shows what you can type, Ctrl-C ends it.`,
    );
    if (chat.state.contacts.size === 0) {
      chat.voice.notice(
        'No contacts yet. Got an invite? /connect INVITE. To make one: /host, then /invite.',
      );
    }
    const ending = await converse({ chat, screen, commands: COMMANDS });
    await settle(chat, screen);
    chat.stop();
    if (ending.kind !== 'command' || ending.step.kind !== 'switch') return;
    wanted = ending.step.account;
  }
}
