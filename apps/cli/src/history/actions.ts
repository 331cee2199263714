import type { GravyClient, Message } from '@gravy/messenger';
import { openAccount } from '../account/open-account.js';
import { formatMessage } from '../chat/message-lines.js';
import { layOut } from '../chat/paragraph.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';

const MAX_PAGE = 500;

export async function showHistory(
  context: Context,
  contact: string,
  options: { limit: number },
): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const page = await readHistory(gravy, contact, options.limit);
  const name = await nameOf(gravy, contact);
  if (page.messages.length === 0) {
    return { value: page, lines: [`No messages with ${escapeLine(name)} yet.`] };
  }
  const columns =
    context.terminal.output.isTTY === true ? context.terminal.output.columns : undefined;
  const formatting = { name, style: context.style, nowMs: Date.now(), isToNamed: false };
  const lines = page.messages.flatMap((message) =>
    layOut(formatMessage(message, formatting), columns),
  );
  const older = `Older messages: gravy history show ${escapeLine(name)} --limit ${options.limit * 2}`;
  return { value: page, lines: page.more ? [context.style.dim(older), ...lines] : lines };
}

/** The newest messages, newest last; larger requests than the core answers at once go page by page. */
async function readHistory(
  gravy: GravyClient,
  contact: string,
  limit: number,
): Promise<{ messages: Message[]; more: boolean }> {
  const pages: Message[][] = [];
  let missing = limit;
  let hasMore = true;
  while (hasMore && missing > 0) {
    const before = pages.at(-1)?.[0]?.id;
    const page = await gravy.call('message.history', {
      contact,
      limit: Math.min(missing, MAX_PAGE),
      ...(before === undefined ? {} : { before }),
    });
    pages.push(page.messages);
    missing -= page.messages.length;
    hasMore = page.more;
  }
  return { messages: pages.toReversed().flat(), more: hasMore };
}

async function nameOf(gravy: GravyClient, contact: string): Promise<string> {
  const contacts = await gravy.call('contact.list', {});
  return contacts.find(({ id, name }) => id === contact || name === contact)?.name ?? contact;
}
