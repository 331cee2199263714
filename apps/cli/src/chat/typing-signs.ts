import type { GravyClient } from '@gravy/messenger';
import { type ChatState, isOnline, recipientOf } from './chat-state.js';

/** A sign of typing is good for longer than this at the other side. */
const AT_MOST_EVERY_MS = 3_000;

/** Lets the core tell the partner that somebody is typing; whether the person wants that, the core knows. */
export class TypingSigns {
  readonly #gravy: GravyClient;
  readonly #state: () => ChatState;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(gravy: GravyClient, state: () => ChatState) {
    this.#gravy = gravy;
    this.#state = state;
  }

  readonly keyPressed = (): void => {
    const recipient = recipientOf(this.#state());
    if (recipient.kind !== 'contact' || !isOnline(this.#state(), recipient.contact)) return;
    const now = performance.now();
    if (now - this.#toldAt < AT_MOST_EVERY_MS) return;
    this.#toldAt = now;
    // Nothing depends on it; if the account is gone, that is told by itself.
    this.#gravy.call('message.typing', { contact: recipient.contact }).catch(() => undefined);
  };
}
