import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

const collect = runInNewContext('gc') as () => void;

/** What is held afterwards is held for a reason: for tests that look at memory. */
export function collectGarbage(): void {
  collect();
  // Memory outside of the heap is given back by another thread, which the next collection waits for.
  collect();
}
