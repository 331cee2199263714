import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What this process uses. */
export interface Usage {
  readonly residentBytes: number;
  /** By all of its threads, since it began. */
  readonly processorMs: number;
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { residentBytes: process.memoryUsage.rss(), processorMs: (user + system) / 1000 };
}

/** Bytes of JavaScript objects that are in use, found by a whole collection. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
