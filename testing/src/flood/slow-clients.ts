import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FloodFigures, FloodPlan } from './slow-clients-process.js';

const PROGRAM = fileURLToPath(new URL('slow-clients-process.ts', import.meta.url));

/** Many clients that hold connections to a server on this machine and do nothing useful with them, in a process of their own. */
export class SlowClients {
  readonly #process: ChildProcess;
  readonly #startedAt = performance.now();

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  /** Resolves when all of them have come once. */
  static async start(plan: FloodPlan): Promise<SlowClients> {
    const child = fork(PROGRAM, [JSON.stringify(plan)], { execArgv: [] });
    await once(child, 'message');
    return new SlowClients(child);
  }

  /** Ends all of them, and tells what they did. */
  async stop(): Promise<FloodFigures & { readonly connectionsPerSecond: number }> {
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    const answer = once(this.#process, 'message');
    const gone = once(this.#process, 'exit');
    this.#process.send('stop');
    const [figures] = (await answer) as [FloodFigures];
    await gone;
    return { ...figures, connectionsPerSecond: figures.connections / seconds };
  }
}
