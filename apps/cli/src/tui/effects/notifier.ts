import { escapeLine } from '../../terminal/escape.js';

/** How a person wants to be told of news while not looking. */
export type NotifyBy = 'none' | 'bell' | 'desktop';

/** A flood of messages is one piece of news. */
const QUIET_MS = 2_000;

export class Notifier {
  readonly #by: NotifyBy;
  readonly #write: (sequence: string) => void;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(by: NotifyBy, write: (sequence: string) => void) {
    this.#by = by;
    this.#write = write;
  }

  /** `text` says who, never what. */
  notify(text: string, nowMs: number): void {
    if (this.#by === 'none' || nowMs - this.#lastMs < QUIET_MS) return;
    this.#lastMs = nowMs;
    // OSC 9 is what iTerm2, WezTerm, kitty, Windows Terminal and others show as a notification.
    this.#write(this.#by === 'bell' ? '\u0007' : `\u001b]9;${escapeLine(text)}\u0007`);
  }
}
