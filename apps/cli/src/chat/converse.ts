import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import { isMessengerError } from '../report-error.js';
import { isInteractive } from '../terminal/terminal.js';
import type { Chat } from './chat.js';
import { LineScreen } from './line-screen.js';
import { PlainScreen } from './plain-screen.js';
import type { Screen } from './screen.js';
import { carryOutLine } from './slash-menu.js';
import { type SlashCommand, STAY } from './slash-commands.js';

/** Input from a pipe ends long before the last text can have been confirmed. */
const CONFIRMATION_TIMEOUT_MS = 10_000;

export function openScreen(context: Context): Screen {
  const { terminal, env, interruption } = context;
  const canDraw = isInteractive(terminal) && env['TERM'] !== 'dumb';
  return canDraw
    ? new LineScreen(terminal, () => interruption.trigger())
    : new PlainScreen(terminal);
}

/** How a conversation came to its end: by a command, because there is no more input, or from outside. */
export type Ending<S> =
  | { readonly kind: 'command'; readonly step: S }
  | { readonly kind: 'input ended' }
  | { readonly kind: 'stopped' };

/**
 * Reads lines and carries them out until a command leads out of the chat, input ends, or `stopped`
 * resolves.
 * @throws CliError `account_closed`
 */
export async function converse<S>(options: {
  chat: Chat;
  screen: Screen;
  commands: readonly SlashCommand<S>[];
  stopped?: Promise<void>;
}): Promise<Ending<Exclude<S, typeof STAY>>> {
  const { chat, screen, commands } = options;
  const { promise, resolve } = Promise.withResolvers<S>();
  const reading = screen.readLines(async (line) => {
    const step = await carryOutLine(chat, commands, line);
    if (step !== STAY) resolve(step as S);
  });
  return Promise.race<Ending<Exclude<S, typeof STAY>>>([
    promise.then((step) => ({ kind: 'command', step: step as Exclude<S, typeof STAY> })),
    reading.then(() => ({ kind: 'input ended' })),
    chat.closed,
    ...(options.stopped === undefined
      ? []
      : [options.stopped.then(() => ({ kind: 'stopped' }) as const)]),
  ]);
}

const ALREADY_GONE: ReadonlySet<string> = new Set([
  'locked',
  'connection_closed',
  'no_such_session',
  'no_such_contact',
]);

/** Ends what this chat began, if it has not come to its end by itself meanwhile. */
export async function endIfThere(ending: Promise<unknown>): Promise<void> {
  try {
    await ending;
  } catch (error) {
    if (!isMessengerError(error) || !ALREADY_GONE.has(error.code)) throw error;
  }
}

/**
 * At the end of a conversation: a person is told what still waits, a pipe waits for it.
 * @throws CliError `not_sent`, `not_delivered`
 */
export async function settle(chat: Chat, screen: Screen): Promise<void> {
  if (!screen.isInteractive) {
    await chat.outgoing.settle(CONFIRMATION_TIMEOUT_MS);
    if (chat.voice.refusals > 0) {
      throw new CliError(
        'not_sent',
        'Some lines could not be carried out; see above.',
        'gravy history show NAME',
      );
    }
  }
  const waiting = chat.outgoing.count();
  if (waiting === 0) return;
  const texts = waiting === 1 ? 'One text is' : `${waiting} texts are`;
  const message = `${texts} not delivered yet. Nothing is lost: what waits is sent when you are both online again.`;
  if (!screen.isInteractive)
    throw new CliError('not_delivered', message, 'gravy history show NAME');
  chat.voice.notice(message);
}
