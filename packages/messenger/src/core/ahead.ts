/** Work that is waited for later. It may fail before: nobody waits for it then, and such a rejection ends the process. */
export function ahead<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
