import type { Contact } from '@gravy/messenger';
import { CliError } from '../cli-error.js';
import { shellWord } from '../contact/shell-word.js';
import { isMessengerError } from '../report-error.js';
import { escapeLine } from '../terminal/escape.js';
import type { Chat } from './chat.js';
import { findContact, sessionsWith } from './chat-state.js';
import { type ConnectTarget, connectParams } from './connect-target.js';

/** Who is not answered for so long is perhaps held at the door (Spec 2.7). */
const PATIENCE_MS = 4_000;

export interface Connected {
  readonly session: string;
  readonly contact: string;
  /** Whether the session was there before, through another process of this account or from the far end. */
  readonly isJoined: boolean;
}

/**
 * Connects, says so, and writes to whoever it is from then on. A contact who is connected already is not
 * dialled: their address may not even be known.
 * @throws what `session.connect` throws
 */
export async function connectTo(chat: Chat, target: ConnectTarget): Promise<Connected> {
  const there = sessionThere(chat, target);
  if (there !== undefined) {
    chat.choose(there.contact);
    return { ...there, isJoined: true };
  }
  const known = new Set(chat.state.contacts.keys());
  chat.voice.notice(`Connecting ${describe(target)} ...`);
  const asked = setTimeout(() => {
    chat.voice.notice(
      'No answer yet. Perhaps they are being asked whether to let you in: that can take a minute.',
    );
  }, PATIENCE_MS);
  const opened = await call(chat, target).finally(() => clearTimeout(asked));
  chat.choose(opened.contact);
  if (target.kind === 'invite') {
    await chat.loadContacts();
    const contact = chat.state.contacts.get(opened.contact);
    if (contact !== undefined) introduce(chat, contact, known.has(contact.id), target.name);
  }
  return { ...opened, isJoined: false };
}

function sessionThere(
  chat: Chat,
  target: ConnectTarget,
): { session: string; contact: string } | undefined {
  if (target.kind !== 'contact') return undefined;
  const contact = findContact(chat.state, target.contact)?.id;
  if (contact === undefined) return undefined;
  const [session] = sessionsWith(chat.state, contact);
  return session === undefined ? undefined : { session: session.id, contact };
}

async function call(
  chat: Chat,
  target: ConnectTarget,
): Promise<{ session: string; contact: string }> {
  try {
    return await chat.gravy.call('session.connect', connectParams(target));
  } catch (error) {
    if (!isMessengerError(error) || error.code !== 'contact_exists') throw error;
    throw new CliError(
      'contact_exists',
      'You know somebody else by this name, and the invite is from another key. Nothing was changed. ' +
        'Use it under another name, and compare the safety number: it may be the same person with a new key, or somebody who poses as them.',
      'the same with another NAME',
    );
  }
}

function describe(target: ConnectTarget): string {
  switch (target.kind) {
    case 'url':
      return `to ${escapeLine(target.url)}`;
    case 'contact':
      return `to ${escapeLine(target.contact)}`;
    case 'invite':
      return 'by an invite';
    default:
      return target satisfies never;
  }
}

/** Says who the maker of an invite is from now on. */
function introduce(
  chat: Chat,
  { name, named }: Contact,
  wasKnown: boolean,
  wanted: string | undefined,
): void {
  const shown = escapeLine(name);
  if (wasKnown) {
    const isOther = wanted !== undefined && wanted.normalize('NFC').trim() !== name;
    chat.voice.notice(
      `This invite is from ${shown}, whom you know already.${isOther ? ' The name stays.' : ''}`,
    );
    return;
  }
  chat.voice.notice(`${shown} is a contact now. From now on: gravy connect ${shellWord(name)}`);
  const [, namesake] = /^(.*) \(\d+\)$/su.exec(name) ?? [];
  const isTaken = [...chat.state.contacts.values()].some((other) => other.name === namesake);
  if (named || namesake === undefined || !isTaken) return;
  const other = escapeLine(namesake);
  chat.voice.refuse(
    `They call themselves ${other}, and you know another ${other}, with another key. This may be the same person, or somebody who poses as them: compare the safety number before you trust it.`,
    `/verify ${shown}, or gravy contact rename ${shellWord(name)} NAME`,
  );
}
