import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';

const TIMES = 500;
const BYTES = 4096;

/** What the disk itself takes, in milliseconds: whoever stores durably pays this at least once. */
export function syncTimes(folder: string): readonly number[] {
  const file = openSync(`${folder}/sync-times`, 'w');
  const bytes = new Uint8Array(BYTES).fill(7);
  try {
    return Array.from({ length: TIMES }, () => {
      const start = performance.now();
      writeSync(file, bytes);
      fdatasyncSync(file);
      return performance.now() - start;
    });
  } finally {
    closeSync(file);
  }
}
