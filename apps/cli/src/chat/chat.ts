import type { AccountInfo, GravyClient, GravyEvent, Message, Role } from '@gravy/messenger';
import { CliError } from '../cli-error.js';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { formatClock } from '../terminal/times.js';
import {
  type ChatState,
  choosePartner,
  connectedContacts,
  EMPTY_CHAT,
  follow,
  nameOf,
  recipientOf,
  withContacts,
  withSessionEvent,
  withSessions,
} from './chat-state.js';
import { LatestLoad } from './latest-load.js';
import { formatMessage } from './message-lines.js';
import { Outgoing } from './outgoing.js';
import type { Paragraph } from './paragraph.js';
import { promptFor } from './prompt.js';
import type { Screen } from './screen.js';
import { describeBeginning, describeEnd } from './session-notices.js';
import { Voice } from './voice.js';

export type ClosedEvent = Extract<GravyEvent, { method: 'session.closed' }>['params'];

/** One conversation on one screen: events of the core become paragraphs, lines become texts. */
export class Chat {
  readonly gravy: GravyClient;
  readonly account: AccountInfo;
  readonly style: Style;
  readonly voice: Voice;
  readonly outgoing: Outgoing;
  readonly #screen: Screen;
  readonly #contacts = new LatestLoad(async () => {
    const contacts = await this.gravy.call('contact.list', {});
    this.#change(withContacts(this.#state, contacts));
  });
  readonly #gone = Promise.withResolvers<never>();
  /** Rejects when the account is not open any more: nothing can be said or heard then. */
  readonly gone = this.#gone.promise;
  #state: ChatState = EMPTY_CHAT;
  #unsubscribe: (() => void) | undefined;
  /** Told after the notice of it was printed. */
  onSessionClosed: ((event: ClosedEvent) => void) | undefined;

  constructor(options: { gravy: GravyClient; account: AccountInfo; screen: Screen; style: Style }) {
    const { gravy, screen } = options;
    this.gravy = gravy;
    this.account = options.account;
    this.style = options.style;
    this.#screen = screen;
    // Whoever waits for it hears of it; until then it must not end the process.
    this.gone.catch(() => undefined);
    this.voice = new Voice(screen, options.style);
    this.outgoing = new Outgoing({
      gravy,
      screen,
      format: (message) => this.formatMessage(message),
      tell: (message) => this.#tellOutcome(message),
    });
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Begins to listen. Whoever is connected already, and what was not read yet, is shown. */
  async start(): Promise<void> {
    this.#unsubscribe = this.gravy.onEvent((event) => this.#receive(event));
    await this.#contacts.refresh();
    this.#change(withSessions(this.#state, await this.gravy.call('session.list', {})));
    for (const contact of connectedContacts(this.#state)) {
      this.voice.notice(`${this.name(contact)} is connected.`);
    }
    for (const { name, unread } of this.#state.contacts.values()) {
      if (unread > 0)
        this.voice.notice(
          `${unread} unread from ${escapeLine(name)}: /history ${escapeLine(name)}`,
        );
    }
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#screen.close();
  }

  /** Sends a text to the partner. @throws what `message.send` throws. */
  async say(text: string): Promise<void> {
    const recipient = recipientOf(this.#state);
    switch (recipient.kind) {
      case 'contact':
        return this.outgoing.send(recipient.contact, text);
      case 'nobody':
        return this.voice.refuse(
          'Nobody is connected, so this was not sent.',
          '/to NAME writes to somebody who is offline',
        );
      case 'several': {
        const names = recipient.contacts.map((contact) => this.name(contact)).join(', ');
        return this.voice.refuse(`This was not sent: it could go to ${names}.`, '/to NAME');
      }
      default:
        return recipient satisfies never;
    }
  }

  /** From now on lines go to this contact, connected or not. */
  choose(contact: string): void {
    this.#change(choosePartner(this.#state, contact));
  }

  /** After a line is finished nothing holds the partner any more who has left. */
  refocus(): void {
    this.#change(this.#state);
  }

  /** Escaped. */
  name(contact: string): string {
    return escapeLine(nameOf(this.#state, contact));
  }

  formatMessage(message: Message): Paragraph {
    return formatMessage(message, {
      name: nameOf(this.#state, message.contact),
      style: this.style,
      nowMs: Date.now(),
      isToNamed: connectedContacts(this.#state).length > 1,
    });
  }

  #receive(event: GravyEvent): void {
    switch (event.method) {
      case 'session.opened':
        this.#change(withSessionEvent(this.#state, event, this.#screen.isTyping));
        return this.#sessionOpened(event.params.contact, event.params.role);
      case 'session.closed':
        return this.#sessionClosed(event);
      case 'message.received':
        return this.#messageReceived(event.params.message);
      case 'message.state':
        return this.outgoing.stateChanged(event.params.id, event.params.state);
      case 'contact.changed':
        this.#contacts.refresh().catch((error: unknown) => this.voice.fail(error));
        return;
      case 'host.changed':
        if (!event.params.running) this.voice.notice('Hosting has stopped.');
        return;
      case 'account.closed':
        return this.#accountClosed(event.params.reason);
      case 'session.retrying':
      case 'session.gaveUp':
      case 'contact.stranded':
      case 'request.received':
      case 'invite.changed':
      case 'typing':
      case 'file.offered':
      case 'file.progress':
      case 'file.completed':
      case 'file.failed':
        return;
      default:
        return event satisfies never;
    }
  }

  #sessionOpened(contact: string, role: Role): void {
    const isVerified = this.#state.contacts.get(contact)?.verified === true;
    this.voice.notice(describeBeginning(this.name(contact), role, isVerified));
  }

  #sessionClosed(event: Extract<GravyEvent, { method: 'session.closed' }>): void {
    const { contact, role, reason, willReconnect } = event.params;
    this.#change(withSessionEvent(this.#state, event, this.#screen.isTyping));
    this.voice.notice(
      describeEnd(this.name(contact), role, reason) + (willReconnect ? ' Trying again.' : ''),
    );
    this.onSessionClosed?.(event.params);
  }

  #messageReceived(message: Message): void {
    this.voice.print(this.formatMessage(message));
    // Only the count of unread texts depends on it; the text itself is stored and shown.
    this.gravy
      .call('message.markRead', { contact: message.contact, upTo: message.id })
      .catch((error: unknown) => this.voice.fail(error));
  }

  #accountClosed(reason: 'locked' | 'owner_ended'): void {
    const message =
      reason === 'locked'
        ? 'The account was locked.'
        : 'The process that had this account open has ended.';
    this.#gone.reject(new CliError('account_closed', message, 'the same command again'));
  }

  #tellOutcome(message: Message): void {
    const text = `Your text of ${formatClock(message.at)} to ${this.name(message.contact)}`;
    if (message.state === 'failed') this.voice.refuse(`${text} could not be delivered.`);
    else this.voice.notice(`${text} was delivered.`);
  }

  #change(state: ChatState): void {
    this.#state = follow(state, this.#screen.isTyping);
    this.#screen.setPrompt(promptFor(this.#state));
  }
}
