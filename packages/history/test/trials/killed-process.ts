import { statSync } from 'node:fs';
import { killWhen } from '@gravy/testing';

const LIBRARY = new URL('../../dist/index.js', import.meta.url).href;

/** Begins every script: the built library, the key of the tests, and their ids. */
export const PREAMBLE = `
  import { examineHistory, openHistory, restoreHistory } from '${LIBRARY}';
  const key = new Uint8Array(32).fill(0x5a);
  const idOf = (length, number) => {
    const id = new Uint8Array(length);
    new DataView(id.buffer).setUint32(0, number);
    return id;
  };`;

/** Runs a script over the built library and kills it when `until` says so. */
export function killScript(
  script: string,
  until: (lines: readonly string[]) => boolean,
): ReturnType<typeof killWhen> {
  return killWhen(PREAMBLE + script, until);
}

/** Bytes of a file, 0 if it is not there. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
