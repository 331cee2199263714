import type { CloseReason } from '@gravy/messenger';
import { openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import { type Context, refuseJson } from '../context.js';
import { escapeLine } from '../terminal/escape.js';
import { Chat } from './chat.js';
import { sessionsWith } from './chat-state.js';
import { converse, endIfThere, openScreen, settle } from './converse.js';
import { exitAndQuit, history, kick } from './session-commands.js';
import { isDeliberate } from './session-notices.js';
import { EVERYWHERE, QUIT } from './slash-commands.js';

const COMMANDS = [...EVERYWHERE, kick, exitAndQuit, history, QUIT];

/** `gravy connect`: one session with a host, and a chat for as long as it lasts. */
export async function connectAndChat(
  context: Context,
  url: string,
  contact: string,
): Promise<void> {
  refuseJson(context);
  const { gravy, account } = await openAccount(context);
  const screen = openScreen(context);
  const chat = new Chat({ gravy, account, screen, style: context.style });
  context.cleanups.push(() => chat.stop());
  await chat.start();
  chat.voice.notice(`Connecting to ${escapeLine(url)} ...`);

  const end = watchForEnd(chat);
  const opened = await gravy.call('session.connect', { url, contact });
  chat.choose(opened.contact);
  end.expect(opened.contact, opened.session);
  // A guest who leaves says so; the core would only say that a program was closed.
  context.cleanups.push(async () => {
    chat.stop();
    for (const { id, role } of sessionsWith(chat.state, opened.contact)) {
      if (role === 'guest') await endIfThere(gravy.call('session.close', { session: id }));
    }
  });
  chat.voice.notice('/help shows what you can type, Ctrl-C ends it.');
  const ending = await converse({ chat, screen, commands: COMMANDS, stopped: end.promise });
  await settle(chat, screen);
  const { reason } = end;
  if (ending.kind === 'stopped' && reason !== undefined && !isDeliberate(reason)) {
    throw new CliError(
      'session_lost',
      'The session broke off. What was not delivered is kept and sent the next time.',
      'the same command again',
    );
  }
}

interface EndWatch {
  /** Resolves when the last session with the host has ended and will not be taken up again. */
  readonly promise: Promise<void>;
  reason: CloseReason | undefined;
  /** Which session counts, as soon as that is known. */
  expect(contact: string, session: string): void;
}

/** To be called before connecting: a session may end before the call that opened it is answered. */
function watchForEnd(chat: Chat): EndWatch {
  const { promise, resolve } = Promise.withResolvers<void>();
  const early = new Map<string, CloseReason>();
  let expected: string | undefined;
  const watch: EndWatch = {
    promise,
    reason: undefined,
    expect(contact, session) {
      expected = contact;
      const reason = early.get(session);
      early.clear();
      if (reason !== undefined) finish(reason);
    },
  };
  const finish = (reason: CloseReason): void => {
    watch.reason = reason;
    resolve();
  };
  chat.onSessionClosed = ({ session, contact, role, reason, willReconnect }) => {
    if (role !== 'guest' || willReconnect) return;
    if (expected === undefined) early.set(session, reason);
    const isReplaced = sessionsWith(chat.state, contact).some((other) => other.role === 'guest');
    if (contact === expected && !isReplaced) finish(reason);
  };
  return watch;
}
