import { CliError } from './cli-error.js';
import { EXIT_CODES } from './exit-codes.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The wish to stop: from a signal, from Ctrl-C in a chat, or because nobody reads the output. */
export class Interruption {
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The first time asks to stop; the second time does not wait for anything any more. */
  trigger(): void {
    if (this.#controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    this.#controller.abort();
  }

  listenToSignals(): void {
    for (const signal of SIGNALS) process.on(signal, () => this.trigger());
  }

  /**
   * The work's outcome, unless the wish to stop comes first.
   * @throws CliError `interrupted`
   */
  async race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const stop = (): void => reject(new CliError('interrupted', 'Interrupted.'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    // Whichever loses may still fail; nobody is left to hear it.
    work.catch(() => undefined);
    try {
      return await Promise.race([work, stopped]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
