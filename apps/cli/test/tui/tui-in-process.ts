import type { Context } from '../../src/context.js';
import { Interruption } from '../../src/interruption.js';
import { PLAIN } from '../../src/terminal/style.js';
import type { NotifyBy } from '../../src/tui/effects/notifier.js';
import { runTui } from '../../src/tui/run-tui.js';
import { VirtualTerminal } from './virtual-terminal.js';

export interface TuiOptions {
  readonly home: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly account?: string;
  readonly password?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly notifyBy?: NotifyBy;
}

/** The whole full-screen program in this process, on a terminal in memory. */
export class TuiInProcess extends VirtualTerminal {
  readonly interruption = new Interruption();
  /** How the program ended by itself. */
  readonly ended: Promise<void>;
  readonly #cleanups: Context['cleanups'] = [];

  constructor(options: TuiOptions) {
    super(options.columns ?? 80, options.rows ?? 24);
    const { home, account, password, env = {}, notifyBy = 'none' } = options;
    const context: Context = {
      terminal: { input: this.stdin, output: this.stdout, errors: this.stdout },
      env,
      password,
      interruption: this.interruption,
      cleanups: this.#cleanups,
      options: { home, color: true, ...(account === undefined ? {} : { account }) },
      style: PLAIN,
    };
    this.ended = this.interruption.race(runTui(context, { notifyBy }));
    this.ended.catch(() => undefined);
  }

  /** Ends the program as a person does, and waits until all is closed. */
  async quit(): Promise<void> {
    // The first may ask.
    this.press('\u0003');
    this.press('\u0003');
    await this.ended;
    await this.stop();
  }

  /** For tests that are over, however they ended. */
  async stop(): Promise<void> {
    if (!this.interruption.signal.aborted) this.interruption.trigger();
    for (const cleanup of this.#cleanups.splice(0).toReversed()) await cleanup();
  }
}
