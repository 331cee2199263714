import type { GravyClient, MessageState } from '@gravy/messenger';

/** Follows one text, from before it is sent. */
export class DeliveryWatch {
  readonly #unsubscribe: () => void;
  readonly #settled = Promise.withResolvers<MessageState>();
  /** States are told before the call that sends the text has answered, and of other texts too. */
  readonly #states = new Map<string, MessageState>();
  #id: string | undefined;

  constructor(gravy: GravyClient) {
    this.#unsubscribe = gravy.onEvent((event) => {
      if (event.method !== 'message.state') return;
      const { id, state } = event.params;
      if (this.#id === undefined) this.#states.set(id, state);
      else if (id === this.#id) this.#take(state);
    });
  }

  /** This is the text that counts. */
  follow(id: string, state: MessageState): void {
    this.#id = id;
    this.#take(this.#states.get(id) ?? state);
    this.#states.clear();
  }

  /** Resolves with the last state; undefined when the time is over. */
  async outcome(timeoutMs: number): Promise<MessageState | undefined> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), Math.max(0, timeoutMs));
    try {
      return await Promise.race([this.#settled.promise, promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  stop(): void {
    this.#unsubscribe();
  }

  #take(state: MessageState): void {
    if (state !== 'queued' && state !== 'sent') this.#settled.resolve(state);
  }
}
