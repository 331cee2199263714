import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 25;

/** Whether there is a process of this number. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Sends a signal; that nobody is there to get it is what was wanted. */
function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Ends a process that is not a child of this one: SIGTERM, and SIGKILL after `graceMs`. On Windows both are
 * the end at once. `isSame` is asked before each signal, because numbers are used again.
 */
export async function endProcess(
  pid: number,
  graceMs: number,
  isSame: () => Promise<boolean>,
): Promise<void> {
  if (!(await isSame())) return;
  sendSignal(pid, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  while (performance.now() < deadline) {
    await sleep(LOOK_AGAIN_MS);
    if (!isAlive(pid) || !(await isSame())) return;
  }
  sendSignal(pid, 'SIGKILL');
  while (isAlive(pid) && (await isSame())) await sleep(LOOK_AGAIN_MS);
}
