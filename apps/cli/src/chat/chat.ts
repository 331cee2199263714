import type { AccountInfo, GravyClient, Message } from '@gravy/messenger';
import type { CliError } from '../cli-error.js';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import {
  type ChatState,
  choosePartner,
  connectedContacts,
  EMPTY_CHAT,
  follow,
  nameOf,
  recipientOf,
  withContacts,
  withSessions,
} from './chat-state.js';
import { announceNames } from './contact-notices.js';
import { EventQueue } from './event-queue.js';
import { LatestLoad } from './latest-load.js';
import { formatMessage } from './message-lines.js';
import {
  type ClosedEvent,
  describeOutcome,
  type GaveUpEvent,
  type Narrated,
  Narrator,
} from './narrator.js';
import { Outgoing } from './outgoing.js';
import type { Paragraph } from './paragraph.js';
import { promptFor } from './prompt.js';
import type { Screen } from './screen.js';
import { TypingSigns } from './typing-signs.js';
import { Voice } from './voice.js';

/** One conversation on one screen: events of the core become paragraphs, lines become texts. */
export class Chat implements Narrated {
  readonly gravy: GravyClient;
  readonly account: AccountInfo;
  readonly style: Style;
  readonly voice: Voice;
  readonly outgoing: Outgoing;
  readonly #screen: Screen;
  readonly #narrator: Narrator;
  readonly #events: EventQueue;
  readonly #contacts = new LatestLoad(async () => {
    const contacts = await this.gravy.call('contact.list', {});
    const before = this.#state.contacts;
    this.change(withContacts(this.#state, contacts));
    announceNames(this.voice, before, contacts);
  });
  readonly #gone = Promise.withResolvers<never>();
  /** Rejects when the account is not open any more: nothing can be said or heard then. */
  readonly closed = this.#gone.promise;
  #state: ChatState = EMPTY_CHAT;
  #unsubscribe: (() => void) | undefined;
  /** Told after the notice of it was printed. */
  onSessionClosed: ((event: ClosedEvent) => void) | undefined;
  /** Told after the notice of it was printed. */
  onGaveUp: ((event: GaveUpEvent) => void) | undefined;
  /** Told when the person has ended the attempts to connect again. */
  onCalledOff: ((contact: string) => void) | undefined;

  constructor(options: { gravy: GravyClient; account: AccountInfo; screen: Screen; style: Style }) {
    const { gravy, screen } = options;
    this.gravy = gravy;
    this.account = options.account;
    this.style = options.style;
    this.#screen = screen;
    // Whoever waits for it hears of it; until then it must not end the process.
    this.closed.catch(() => undefined);
    this.voice = new Voice(screen, options.style);
    this.outgoing = new Outgoing({
      gravy,
      screen,
      format: (message) => this.formatMessage(message),
      tell: (message) => this.#tellOutcome(message),
    });
    this.#narrator = new Narrator(this);
    this.#events = new EventQueue({
      handle: (event) => this.#narrator.receive(event),
      fail: (error) => this.voice.fail(error),
    });
    screen.onTyping = new TypingSigns(gravy, () => this.#state).keyPressed;
  }

  get state(): ChatState {
    return this.#state;
  }

  get isTyping(): boolean {
    return this.#screen.isTyping;
  }

  /**
   * Begins to listen, then does `opening`, whose events are told after it. Whoever is connected already,
   * and what was not read yet, is shown.
   */
  async start(opening: () => Promise<void> = async () => undefined): Promise<void> {
    this.#unsubscribe = this.gravy.onEvent((event) => this.#events.push(event));
    await this.#events.holdDuring(opening().then(() => this.#begin()));
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#narrator.stop();
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
    this.change(choosePartner(this.#state, contact));
  }

  /** After a line is finished nothing holds the partner any more who has left. */
  refocus(): void {
    this.change(this.#state);
  }

  /** Whether the contact is being dialled again, or will be. */
  isReconnecting(contact: string): boolean {
    return this.#narrator.reconnecting.has(contact);
  }

  /** The person has called it off. */
  notReconnecting(contact: string): void {
    this.#narrator.reconnecting.over(contact);
    this.voice.notice(`${this.name(contact)} is not connected again.`);
    this.onCalledOff?.(contact);
  }

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

  change(state: ChatState): void {
    this.#state = follow(state, this.#screen.isTyping);
    this.#screen.setPrompt(promptFor(this.#state));
  }

  loadContacts(): Promise<void> {
    return this.#contacts.refresh();
  }

  gone(error: CliError): void {
    this.#gone.reject(error);
  }

  async #begin(): Promise<void> {
    await this.#contacts.refresh();
    this.change(withSessions(this.#state, await this.gravy.call('session.list', {})));
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

  #tellOutcome(message: Message): void {
    const text = describeOutcome(message, this.name(message.contact));
    if (message.state === 'failed') this.voice.refuse(text);
    else this.voice.notice(text);
  }
}
