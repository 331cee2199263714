import { openAccount } from '../account/open-account.js';
import { type Context, refuseJson } from '../context.js';
import { Chat } from './chat.js';
import { converse, endIfThere, openScreen, settle } from './converse.js';
import { formatHosting } from './host-lines.js';
import { exit, history, kick } from './session-commands.js';
import { EVERYWHERE, QUIT } from './slash-commands.js';

const COMMANDS = [...EVERYWHERE, kick, exit, history, QUIT];

/** `gravy host`: listens, and chats with whoever connects, until the person ends it. */
export async function hostAndChat(
  context: Context,
  options: { port: number; hostname: string },
): Promise<void> {
  refuseJson(context);
  const { gravy, account } = await openAccount(context);
  const screen = openScreen(context);
  const chat = new Chat({ gravy, account, screen, style: context.style });
  context.cleanups.push(() => chat.stop());

  const host = await gravy.call('host.start', options);
  // In another process of this account, what was started here would go on without its chat.
  context.cleanups.push(async () => {
    chat.stop();
    await endIfThere(gravy.call('host.stop', {}));
  });
  chat.voice.lines([...formatHosting(account, host, context.style), '']);
  await chat.start();
  chat.voice.notice(
    chat.state.contacts.size === 0
      ? 'Only contacts can connect, and you have none yet: /add NAME ID'
      : 'Waiting for your contacts. /help shows what you can type, Ctrl-C ends it.',
  );
  await converse({ chat, screen, commands: COMMANDS });
  await settle(chat, screen);
}
