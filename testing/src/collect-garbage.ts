import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** What is held afterwards is held for a reason: for tests that look at memory. */
export const collectGarbage = runInNewContext('gc') as () => void;
