import type { GravyClient, GravyEvent } from '@gravy/messenger';
import { formatRequest } from '../request/request-lines.js';
import { escapeLine } from '../terminal/escape.js';
import { PLAIN } from '../terminal/style.js';
import { shortenId } from '../terminal/table.js';
import type { ChatState } from './chat-state.js';
import type { Voice } from './voice.js';

type ParamsOf<M extends GravyEvent['method']> = Extract<GravyEvent, { method: M }>['params'];

/** Somebody unknown stands before the door; nobody gets in without the person's word. */
export async function announceRequest(
  { gravy, voice }: { gravy: GravyClient; voice: Voice },
  id: string,
): Promise<void> {
  const requests = await gravy.call('request.list', {});
  const request = requests.find((other) => other.id === id);
  if (request === undefined) return; // answered meanwhile
  const short = escapeLine(shortenId(id));
  voice.notice('A stranger asks to be let in. Compare this safety number by phone:');
  voice.lines(formatRequest(request, PLAIN).slice(1));
  voice.notice(`Then /accept ${short} NAME, /decline ${short}, or /block ${short}`);
}

/** What became of an invite, also of one that another process of this account has made. */
export async function announceInvite(
  chat: {
    readonly gravy: GravyClient;
    readonly voice: Voice;
    readonly state: ChatState;
    name(contact: string): string;
    loadContacts(): Promise<void>;
  },
  { id, state }: ParamsOf<'invite.changed'>,
): Promise<void> {
  if (state === 'revoked') {
    chat.voice.notice('An invite of yours was revoked: nobody gets in by it any more.');
    return;
  }
  if (state !== 'used') return;
  const invites = await chat.gravy.call('invite.list', {});
  const usedBy = invites.find((invite) => invite.id === id)?.usedBy;
  await chat.loadContacts();
  if (usedBy === undefined || !chat.state.contacts.has(usedBy)) return; // removed again meanwhile
  const name = chat.name(usedBy);
  chat.voice.notice(`Your invite was used: its bearer is a contact now, called ${name}.`);
}

/** The one thing that helps: the line the contact has to type, to be sent by another way. */
export function announceStranded(
  chat: { readonly voice: Voice; name(contact: string): string },
  { contact, line }: ParamsOf<'contact.stranded'>,
): void {
  const name = chat.name(contact);
  chat.voice.notice(
    `${name} knows only your old address, and cannot be reached to tell the new one. ` +
      'Send them this line by another way:',
  );
  chat.voice.lines([escapeLine(line)]);
}
