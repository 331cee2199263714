import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RefusalFigures, RefusalPlan } from './refusing-process.js';

const PROGRAM = fileURLToPath(new URL('refusing-process.ts', import.meta.url));

/** What it costs a process of its own to refuse these first messages. */
export async function refuse(plan: RefusalPlan): Promise<RefusalFigures> {
  const child = fork(PROGRAM, [], { execArgv: [], serialization: 'advanced' });
  const answer = once(child, 'message');
  child.send(plan);
  const [figures] = (await answer) as [RefusalFigures];
  return figures;
}
