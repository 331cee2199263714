import type { GravyClient, GravyEvent, Message, Role } from '@gravy/messenger';
import { CliError } from '../cli-error.js';
import { escapeLine } from '../terminal/escape.js';
import { formatClock } from '../terminal/times.js';
import { type ChatState, withSessionEvent, withTyping } from './chat-state.js';
import { announceInvite, announceRequest, announceStranded } from './door-notices.js';
import { FileNotices } from './file-notices.js';
import type { Outgoing } from './outgoing.js';
import type { Paragraph } from './paragraph.js';
import { Reconnecting } from './reconnecting.js';
import { wordsFor } from './tunnel-progress.js';
import { describeBeginning, describeEnd } from './session-notices.js';
import type { Voice } from './voice.js';

type ParamsOf<M extends GravyEvent['method']> = Extract<GravyEvent, { method: M }>['params'];
export type ClosedEvent = ParamsOf<'session.closed'>;
export type GaveUpEvent = ParamsOf<'session.gaveUp'>;

/** A sign of typing that is not repeated for so long is over. */
const TYPING_MS = 6_000;

/** What the narrator needs of a chat. */
export interface Narrated {
  readonly gravy: GravyClient;
  readonly voice: Voice;
  readonly outgoing: Outgoing;
  readonly isTyping: boolean;
  readonly state: ChatState;
  change(state: ChatState): void;
  /** Escaped. */
  name(contact: string): string;
  formatMessage(message: Message): Paragraph;
  loadContacts(): Promise<void>;
  /** Each is told after the notice of it was printed. */
  readonly onSessionClosed: ((event: ClosedEvent) => void) | undefined;
  readonly onGaveUp: ((event: GaveUpEvent) => void) | undefined;
  gone(error: CliError): void;
}

/** Tells what the core reports, and keeps the chat's state in step with it. */
export class Narrator {
  readonly reconnecting: Reconnecting;
  readonly #chat: Narrated;
  readonly #files: FileNotices;
  readonly #typingTimers = new Map<string, NodeJS.Timeout>();

  constructor(chat: Narrated) {
    this.#chat = chat;
    this.reconnecting = new Reconnecting(chat.voice);
    this.#files = new FileNotices(chat);
  }

  /** Answers with a promise if something has to be loaded before the event can be told. */
  receive(event: GravyEvent): Promise<void> | undefined {
    const contact = contactOf(event);
    const isUnknown = contact !== undefined && !this.#chat.state.contacts.has(contact);
    if (!isUnknown || event.method === 'contact.changed') return this.#tell(event);
    return this.#chat.loadContacts().then(() => this.#tell(event));
  }

  #hostUrl: string | undefined;

  stop(): void {
    for (const timer of this.#typingTimers.values()) clearTimeout(timer);
    this.#typingTimers.clear();
  }

  #tell(event: GravyEvent): Promise<void> | undefined {
    const { voice, outgoing, gravy } = this.#chat;
    switch (event.method) {
      case 'session.opened':
        this.#chat.change(withSessionEvent(this.#chat.state, event, this.#chat.isTyping));
        this.#sessionOpened(event.params.contact, event.params.role);
        return undefined;
      case 'session.closed':
        this.#sessionClosed(event);
        return undefined;
      case 'session.retrying':
        this.reconnecting.retrying(event.params, this.#chat.name(event.params.contact));
        return undefined;
      case 'session.gaveUp':
        this.#gaveUp(event.params);
        return undefined;
      case 'message.received':
        this.#messageReceived(event.params.message);
        return undefined;
      case 'message.state':
        outgoing.stateChanged(event.params.id, event.params.state);
        return undefined;
      case 'contact.changed':
        this.#chat.loadContacts().catch((error: unknown) => voice.fail(error));
        return undefined;
      case 'typing':
        this.#typing(event.params.contact);
        return undefined;
      case 'host.changed':
        this.#hostChanged(event.params);
        return undefined;
      case 'account.closed':
        this.#accountClosed(event.params.reason);
        return undefined;
      case 'contact.stranded':
        announceStranded(this.#chat, event.params);
        return undefined;
      case 'request.received':
        return announceRequest({ gravy, voice }, event.params.id);
      case 'invite.changed':
        return announceInvite(this.#chat, event.params);
      case 'file.offered':
      case 'file.progress':
      case 'file.completed':
      case 'file.failed':
        return this.#files.tell(event);
      default:
        return event satisfies never;
    }
  }

  #hostChanged(change: Extract<GravyEvent, { method: 'host.changed' }>['params']): void {
    const { voice } = this.#chat;
    const { state, running, url } = change;
    if (state === 'stopped') voice.notice('Hosting has stopped.');
    // What happened before the host ran was told by whoever waited for it, and its first address too.
    if (!running) return;
    const isNews = state !== 'reachable' || (this.#hostUrl !== undefined && url !== this.#hostUrl);
    this.#hostUrl = url;
    const words = isNews ? wordsFor(change) : undefined;
    if (words !== undefined) voice.notice(escapeLine(words));
  }

  #sessionOpened(contact: string, role: Role): void {
    const { state, voice } = this.#chat;
    this.reconnecting.over(contact);
    const isVerified = state.contacts.get(contact)?.verified === true;
    voice.notice(describeBeginning(this.#chat.name(contact), role, isVerified));
  }

  #sessionClosed(event: Extract<GravyEvent, { method: 'session.closed' }>): void {
    const { contact, role, reason, willReconnect } = event.params;
    this.#chat.change(withSessionEvent(this.#chat.state, event, this.#chat.isTyping));
    const end = describeEnd(this.#chat.name(contact), role, reason);
    this.#chat.voice.notice(end);
    if (!willReconnect) this.reconnecting.over(contact);
    this.#chat.onSessionClosed?.(event.params);
  }

  #gaveUp(params: GaveUpEvent): void {
    const { contact, message } = params;
    this.reconnecting.over(contact);
    const name = this.#chat.name(contact);
    this.#chat.voice.notice(`No more attempts to reach ${name}. ${escapeLine(message)}`);
    this.#chat.onGaveUp?.(params);
  }

  #messageReceived(message: Message): void {
    const { gravy, voice } = this.#chat;
    this.#typingOver(message.contact);
    voice.print(this.#chat.formatMessage(message));
    // Only the count of unread texts depends on it; the text itself is stored and shown.
    gravy
      .call('message.markRead', { contact: message.contact, upTo: message.id })
      .catch((error: unknown) => voice.fail(error));
  }

  #typing(contact: string): void {
    clearTimeout(this.#typingTimers.get(contact));
    const timer = setTimeout(() => this.#typingOver(contact), TYPING_MS).unref();
    this.#typingTimers.set(contact, timer);
    this.#chat.change(withTyping(this.#chat.state, contact, true));
  }

  #typingOver(contact: string): void {
    const timer = this.#typingTimers.get(contact);
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#typingTimers.delete(contact);
    this.#chat.change(withTyping(this.#chat.state, contact, false));
  }

  #accountClosed(reason: 'locked' | 'owner_ended'): void {
    const message =
      reason === 'locked'
        ? 'The account was locked.'
        : 'The process that had this account open has ended.';
    this.#chat.gone(new CliError('account_closed', message, 'the same command again'));
  }
}

/** Of a text that can be corrected on the screen no more: what has become of it. Escaped. */
export function describeOutcome(message: Message, name: string): string {
  const text = `text of ${formatClock(message.at)}`;
  switch (message.state) {
    case 'failed':
      return `Your ${text} to ${name} could not be delivered.`;
    case 'cancelled':
      return `Your ${text} to ${name} was taken back.`;
    case 'read':
      return `${name} has read your ${text}.`;
    case 'queued':
    case 'sent':
    case 'delivered':
      return `Your ${text} to ${name} was delivered.`;
    default:
      return message.state satisfies never;
  }
}

/** Whom an event is about, if it is about a contact. */
function contactOf({ params }: GravyEvent): string | undefined {
  if ('message' in params && typeof params.message === 'object') return params.message.contact;
  return 'contact' in params ? params.contact : undefined;
}
