import { resolve } from 'node:path';
import type { ParamsOf } from '@gravy/messenger';
import { openAccount } from '../account/open-account.js';
import { type Context, refuseJson } from '../context.js';
import { fittingQr } from '../terminal/fitting-qr.js';
import { Chat } from './chat.js';
import { converse, endIfThere, openScreen, settle } from './converse.js';
import { DOOR_COMMANDS, showInvite } from './door-commands.js';
import { FILE_COMMANDS } from './file-commands.js';
import { formatHosting } from './host-lines.js';
import { cancel, disconnect, exit, history, kick } from './session-commands.js';
import { EVERYWHERE, QUIT } from './slash-commands.js';
import { watchTunnel } from './tunnel-progress.js';

const COMMANDS = [
  ...EVERYWHERE,
  ...DOOR_COMMANDS,
  ...FILE_COMMANDS,
  kick,
  disconnect,
  exit,
  history,
  cancel,
  QUIT,
];

export interface HostOptions {
  readonly port: number;
  readonly hostname: string;
  readonly tunnel: 'none' | 'quick' | 'named';
  readonly tokenFile?: string;
  readonly publicUrl?: string;
  readonly ask?: true;
  /** True without a name for whoever comes by it. */
  readonly invite?: string | true;
}

/** `gravy host`: listens, and chats with whoever connects, until the person ends it. */
export async function hostAndChat(context: Context, options: HostOptions): Promise<void> {
  refuseJson(context);
  const { gravy, account } = await openAccount(context);
  const screen = openScreen(context);
  const chat = new Chat({ gravy, account, screen, style: context.style });
  context.cleanups.push(() => chat.stop());
  await chat.start(async () => {
    const stopWatching = watchTunnel(gravy, chat.voice);
    const host = await context.interruption
      .race(gravy.call('host.start', startParams(options)))
      .finally(stopWatching);
    // In another process of this account, what was started here would go on without its chat.
    context.cleanups.push(async () => {
      chat.stop();
      await endIfThere(gravy.call('host.stop', {}));
    });
    chat.voice.lines([...formatHosting(account, host, context.style), '']);
    const isToBeShared = host.tunnel !== 'none' && options.invite === undefined;
    if (isToBeShared && chat.voice.size !== undefined) {
      chat.voice.lines(await fittingQr(host.url, chat.voice.size, context.style));
    }
  });

  const { invite } = options;
  if (invite !== undefined) await showInvite(chat, invite === true ? undefined : invite);
  await adviseHost(chat, options);
  await converse({ chat, screen, commands: COMMANDS });
  await settle(chat, screen);
}

async function adviseHost(chat: Chat, { ask, invite }: HostOptions): Promise<void> {
  const asking = (await chat.gravy.call('request.list', {})).length;
  if (asking > 0) {
    chat.voice.notice(
      `${asking === 1 ? 'One stranger asks' : `${asking} strangers ask`} to be let in: /requests`,
    );
  }
  const isAlone = chat.state.contacts.size === 0 && invite === undefined;
  const who = isAlone
    ? 'Only contacts can connect, and you have none yet: /invite makes a string for one person.'
    : 'Waiting for your contacts.';
  const strangers = ask === true ? ' Strangers may ask to be let in.' : '';
  chat.voice.notice(`${who}${strangers} /help shows what you can type, Ctrl-C ends it.`);
}

function startParams(options: HostOptions): ParamsOf<'host.start'> {
  const { port, hostname, tunnel, tokenFile, publicUrl, ask } = options;
  return {
    port,
    hostname,
    tunnel,
    policy: ask === true ? 'ask' : 'contacts',
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(tokenFile) }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  };
}
