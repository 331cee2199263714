import type { GravyClient, Message, MessageState } from '@gravy/messenger';
import type { Paragraph } from './paragraph.js';
import type { Printed, Screen } from './screen.js';

interface Underway {
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
  readonly #underway = new Map<string, Underway>();
  /** States that were told before the call that sent the text was answered. */
  readonly #early = new Map<string, MessageState>();
  #callsOpen = 0;
  #settled: (() => void) | undefined;

  constructor(options: {
    gravy: GravyClient;
    screen: Screen;
    format: (message: Message) => Paragraph;
    /** Called when a text that was said to wait was delivered, and when one has failed. */
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
      if (isSettled(now)) return;
      this.#underway.set(id, { message, printed, isSaidToWait: now === 'queued' });
    } finally {
      this.#callsOpen -= 1;
      if (this.#callsOpen === 0) this.#early.clear();
    }
  }

  stateChanged(id: string, state: MessageState): void {
    const entry = this.#underway.get(id);
    if (entry === undefined) {
      if (this.#callsOpen > 0) this.#early.set(id, state);
      return;
    }
    if (!isSettled(state)) return;
    this.#underway.delete(id);
    const message = { ...entry.message, state };
    const isShown = this.#screen.amend(entry.printed, this.#format(message));
    if (!isShown && (entry.isSaidToWait || state === 'failed')) this.#tell(message);
    if (this.#underway.size === 0) this.#settled?.();
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
}

function isSettled(state: MessageState): boolean {
  return state !== 'queued' && state !== 'sent';
}
