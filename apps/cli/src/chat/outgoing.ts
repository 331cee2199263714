import type { GravyClient, Message, MessageState } from '@gravy/messenger';
import type { Paragraph } from './paragraph.js';
import type { Printed, Screen } from './screen.js';

interface Shown {
  readonly message: Message;
  readonly printed: Printed;
  /** Whether the person was told that this text waits, and should hear when it does not any more. */
  readonly isSaidToWait: boolean;
}

/** Texts on their way: what was printed about them, and what has become of them since. */
export class Outgoing {
  readonly #gravy: GravyClient;
  readonly #screen: Screen;
  readonly #format: (message: Message) => Paragraph;
  readonly #tell: (message: Message) => void;
  readonly #underway = new Map<string, Shown>();
  /** The newest text to each contact that has arrived and may still be read. */
  readonly #arrived = new Map<string, Shown>();
  /** States that were told before the call that sent the text was answered. */
  readonly #early = new Map<string, MessageState>();
  #callsOpen = 0;
  #settled: (() => void) | undefined;

  constructor(options: {
    gravy: GravyClient;
    screen: Screen;
    format: (message: Message) => Paragraph;
    /**
     * Called for what cannot be corrected on the screen: a text that was said to wait was delivered or
     * taken back, one has failed, the newest was read.
     */
    tell: (message: Message) => void;
  }) {
    this.#gravy = options.gravy;
    this.#screen = options.screen;
    this.#format = options.format;
    this.#tell = options.tell;
  }

  /** Stores the text, shows it, and follows it. @throws what `message.send` throws; nothing is shown then. */
  async send(contact: string, text: string): Promise<void> {
    this.#callsOpen += 1;
    try {
      const { id, at, state } = await this.#gravy.call('message.send', { contact, text });
      const now = this.#early.get(id) ?? state;
      const message: Message = { id, contact, direction: 'out', at, text, state: now };
      const printed = this.#screen.print(this.#format(message));
      const shown = { message, printed, isSaidToWait: now === 'queued' };
      this.#arrived.delete(contact); // it is the newest no more
      if (isSettled(now)) this.#keepArrived(shown);
      else this.#underway.set(id, shown);
    } finally {
      this.#callsOpen -= 1;
      if (this.#callsOpen === 0) this.#early.clear();
    }
  }

  stateChanged(id: string, state: MessageState): void {
    const entry = this.#underway.get(id);
    if (entry === undefined) {
      if (this.#callsOpen > 0) this.#early.set(id, state);
      if (state === 'read') this.#read(id);
      return;
    }
    if (!isSettled(state)) return;
    this.#underway.delete(id);
    const message = { ...entry.message, state };
    const isShown = this.#screen.amend(entry.printed, this.#format(message));
    if (!isShown && (entry.isSaidToWait || state === 'failed')) this.#tell(message);
    this.#keepArrived({ ...entry, message });
    if (this.#underway.size === 0) this.#settled?.();
  }

  /** Whether this text was shown here and is not settled yet. */
  isUnderway(id: string): boolean {
    return this.#underway.has(id);
  }

  /** How many texts have not been confirmed, to one contact or to anybody. */
  count(contact?: string): number {
    if (contact === undefined) return this.#underway.size;
    return [...this.#underway.values()].filter(({ message }) => message.contact === contact).length;
  }

  /** Resolves when everything was confirmed, or when the time is over. */
  async settle(timeoutMs: number): Promise<void> {
    if (this.#underway.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#settled = resolve;
    const timer = setTimeout(resolve, timeoutMs);
    await promise;
    clearTimeout(timer);
  }

  #keepArrived(shown: Shown): void {
    const { contact, state } = shown.message;
    if (state === 'delivered' && this.count(contact) === 0) this.#arrived.set(contact, shown);
  }

  /** Older ones were read too, then; they are not told one by one. */
  #read(id: string): void {
    for (const [contact, { message, printed }] of this.#arrived) {
      if (message.id !== id) continue;
      this.#arrived.delete(contact);
      const read: Message = { ...message, state: 'read' };
      if (!this.#screen.amend(printed, this.#format(read))) this.#tell(read);
      return;
    }
  }
}

function isSettled(state: MessageState): boolean {
  return state !== 'queued' && state !== 'sent';
}
