import type { CloseReason } from '@gravy/messenger';
import { openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import { type Context, refuseJson } from '../context.js';
import { Chat } from './chat.js';
import { isOnline, sessionsWith } from './chat-state.js';
import { parseTarget } from './connect-target.js';
import { connectTo } from './connecting.js';
import { converse, endIfThere, openScreen, settle } from './converse.js';
import { DOOR_COMMANDS } from './door-commands.js';
import { FILE_COMMANDS } from './file-commands.js';
import { readInvite } from './read-invite.js';
import { cancel, disconnect, exitAndQuit, history, kick } from './session-commands.js';
import { isDeliberate } from './session-notices.js';
import { EVERYWHERE, QUIT } from './slash-commands.js';

const COMMANDS = [
  ...EVERYWHERE,
  ...DOOR_COMMANDS,
  ...FILE_COMMANDS,
  kick,
  disconnect,
  exitAndQuit,
  history,
  cancel,
  QUIT,
];

/** `gravy connect`: a chat with a host, over as many sessions as it takes. */
export async function connectAndChat(
  context: Context,
  first: string,
  second: string | undefined,
): Promise<void> {
  refuseJson(context);
  const early = first === '-' ? undefined : parseTarget(first, second);
  const { gravy, account } = await openAccount(context);
  const target = early ?? parseTarget(await readInvite(context.terminal), second);
  const screen = openScreen(context);
  const chat = new Chat({ gravy, account, screen, style: context.style });
  context.cleanups.push(() => chat.stop());
  await chat.start();

  const end = watchForEnd(chat);
  const opened = await connectTo(chat, target);
  end.expect(opened.contact, opened.session);
  // A guest who leaves says so; the core would only say that a program was closed.
  context.cleanups.push(async () => {
    chat.stop();
    if (opened.isJoined) return; // Whoever opened the session goes on with it.
    for (const { id, role } of sessionsWith(chat.state, opened.contact)) {
      if (role === 'guest') await endIfThere(gravy.call('session.close', { session: id }));
    }
    // In another process of this account the attempts that began here would go on.
    if (chat.isReconnecting(opened.contact)) {
      await endIfThere(gravy.call('session.disconnect', { contact: opened.contact }));
    }
  });
  chat.voice.notice('/help shows what you can type, Ctrl-C ends it.');
  const ending = await converse({ chat, screen, commands: COMMANDS, stopped: end.promise });
  await settle(chat, screen);
  const { outcome } = end;
  if (ending.kind === 'stopped' && outcome !== undefined && !isMeant(outcome)) {
    throw new CliError(
      'session_lost',
      'The session broke off. What was not delivered is kept and sent the next time.',
      'the same command again',
    );
  }
}

type End = CloseReason | 'gave up';

function isMeant(end: End): boolean {
  return end !== 'gave up' && isDeliberate(end);
}

interface EndWatch {
  /** Resolves when the last session with the host has ended and will not be taken up again. */
  readonly promise: Promise<void>;
  outcome: End | undefined;
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
    outcome: undefined,
    expect(contact, session) {
      expected = contact;
      const reason = early.get(session);
      early.clear();
      if (reason !== undefined) finish(reason);
    },
  };
  const finish = (outcome: End): void => {
    watch.outcome = outcome;
    resolve();
  };
  chat.onSessionClosed = ({ session, contact, reason, willReconnect }) => {
    if (willReconnect) return;
    if (expected === undefined) early.set(session, reason);
    // The contact may have come here meanwhile, or a newer session have taken the place of this one.
    if (contact === expected && !isOnline(chat.state, contact)) finish(reason);
  };
  chat.onGaveUp = ({ contact }) => {
    if (contact === expected) finish('gave up');
  };
  chat.onCalledOff = (contact) => {
    if (contact === expected) finish('exit');
  };
  return watch;
}
