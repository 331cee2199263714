import type { Contact, GravyEvent, Role } from '@gravy/messenger';
import { shortenId } from '../terminal/table.js';

export interface OpenSession {
  readonly id: string;
  readonly contact: string;
  readonly role: Role;
}

/** Whom lines go to: nobody yet, somebody this program picked, or somebody the person picked. */
type Partner =
  | { readonly kind: 'none' }
  | { readonly kind: 'followed'; readonly contact: string }
  | { readonly kind: 'chosen'; readonly contact: string };

/** What a chat knows; changed by the functions of this file only. */
export interface ChatState {
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly sessions: ReadonlyMap<string, OpenSession>;
  readonly partner: Partner;
  /** Who is writing at this moment. */
  readonly typing: ReadonlySet<string>;
}

export const EMPTY_CHAT: ChatState = {
  contacts: new Map(),
  sessions: new Map(),
  partner: { kind: 'none' },
  typing: new Set(),
};

export function withContacts(state: ChatState, contacts: readonly Contact[]): ChatState {
  return { ...state, contacts: new Map(contacts.map((contact) => [contact.id, contact])) };
}

export function withSessions(state: ChatState, sessions: readonly OpenSession[]): ChatState {
  const opened = sessions.map(({ id, contact, role }) => [id, { id, contact, role }] as const);
  return follow({ ...state, sessions: new Map(opened) }, false);
}

/**
 * The state after a session began or ended. While somebody is typing, the partner does not change by
 * itself: a line must never reach another person than the one it was begun for.
 */
export function withSessionEvent(
  state: ChatState,
  event: GravyEvent,
  isTyping: boolean,
): ChatState {
  if (event.method !== 'session.opened' && event.method !== 'session.closed') return state;
  const { session, contact, role } = event.params;
  const sessions = new Map(state.sessions);
  if (event.method === 'session.opened') sessions.set(session, { id: session, contact, role });
  else sessions.delete(session);
  return follow({ ...state, sessions }, isTyping);
}

export function withTyping(state: ChatState, contact: string, isTyping: boolean): ChatState {
  const typing = new Set(state.typing);
  if (isTyping) typing.add(contact);
  else typing.delete(contact);
  return { ...state, typing };
}

export function choosePartner(state: ChatState, contact: string): ChatState {
  return { ...state, partner: { kind: 'chosen', contact } };
}

/** The only one connected becomes the partner, unless there is one already who is still there. */
export function follow(state: ChatState, isTyping: boolean): ChatState {
  const { partner } = state;
  const isFree =
    partner.kind === 'none' ||
    (partner.kind === 'followed' && !isOnline(state, partner.contact) && !isTyping);
  const [only, ...others] = connectedContacts(state);
  if (!isFree || only === undefined || others.length > 0) return state;
  return { ...state, partner: { kind: 'followed', contact: only } };
}

export type Recipient =
  | { readonly kind: 'contact'; readonly contact: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'several'; readonly contacts: readonly string[] };

/** Who gets the next line. A followed partner who left gets none: only a chosen one is written to offline. */
export function recipientOf(state: ChatState): Recipient {
  const { partner } = state;
  if (partner.kind === 'chosen') return { kind: 'contact', contact: partner.contact };
  if (partner.kind === 'followed' && isOnline(state, partner.contact)) {
    return { kind: 'contact', contact: partner.contact };
  }
  const contacts = connectedContacts(state);
  return contacts.length === 0 ? { kind: 'nobody' } : { kind: 'several', contacts };
}

/** Each once, in the order in which they connected. */
export function connectedContacts(state: ChatState): string[] {
  return [...new Set([...state.sessions.values()].map(({ contact }) => contact))];
}

export function isOnline(state: ChatState, contact: string): boolean {
  return [...state.sessions.values()].some((session) => session.contact === contact);
}

export function sessionsWith(state: ChatState, contact: string): OpenSession[] {
  return [...state.sessions.values()].filter((session) => session.contact === contact);
}

/** The name as it was given, not escaped yet; a shortened id for somebody unknown. */
export function nameOf(state: ChatState, contact: string): string {
  return state.contacts.get(contact)?.name ?? shortenId(contact);
}

/** The contact a person means by a name, an id, or the only possible beginning of a name. */
export function findContact(state: ChatState, text: string): Contact | undefined {
  const wanted = text.normalize('NFC');
  const all = [...state.contacts.values()];
  const exact = all.find(({ id, name }) => id === wanted || name === wanted);
  if (exact !== undefined) return exact;
  const lower = wanted.toLowerCase();
  const same = all.filter(({ name }) => name.toLowerCase() === lower);
  const beginning = all.filter(({ name }) => name.toLowerCase().startsWith(lower));
  const candidates = same.length > 0 ? same : beginning;
  return lower !== '' && candidates.length === 1 ? candidates[0] : undefined;
}
