import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RefusalFigures, RefusalPlan } from './refusing-process.js';

const PROGRAM = fileURLToPath(new URL('refusing-process.ts', import.meta.url));

/** What it costs a process of its own to refuse these first messages. */
export async function refuse(plan: RefusalPlan): Promise<RefusalFigures> {
  const child = fork(PROGRAM, [], { execArgv: [], serialization: 'advanced' });
  const failed = once(child, 'exit').then(() => {
    throw new Error('The process that was to refuse messages has ended without a word.');
  });
  const answered = once(child, 'message');
  child.send(plan);
  const [figures] = (await Promise.race([answered, failed])) as [RefusalFigures];
  return figures;
}
