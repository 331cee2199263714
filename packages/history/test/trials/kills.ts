import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SeededRandom } from '@gravy/testing';
import { expect } from 'vitest';
import { openHistory } from '../../src/index.js';
import { idOf, key } from '../fresh-store.js';
import { makeOlderStore } from '../older-store.js';
import { killScript, sizeOf } from './killed-process.js';

const contact = idOf(32, 1);

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gravy-kill-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills a process that stores, deletes and searches; what it said was done is done. */
export function killWhileStoring(random: SeededRandom): Promise<{ wasKilled: boolean }> {
  return inFolder(async (folder) => {
    const path = join(folder, 'history.db');
    const script = `
      const store = openHistory({ path: ${JSON.stringify(path)}, key });
      const contact = idOf(32, 1);
      await store.contacts.add({ id: contact, name: 'Ada', addedAt: 0 });
      for (let number = 0; ; number += 1) {
        const message = { id: idOf(16, number), contact, direction: 'out', at: number, state: 'queued' };
        const many = [store.messages.append({ ...message, text: 'message ' + number })];
        if (number % 50 === 20) many.push(store.search.find({ query: 'message', limit: 1 }));
        if (number % 7 === 6) many.push(store.messages.delete({ ...message, id: idOf(16, number - 3) }));
        await Promise.all(many);
        console.log(number);
      }`;
    const after = random.below(60);
    const tail = random.below(40_000);
    const { lines, wasKilled } = await killScript(
      script,
      (told) => told.length > after && sizeOf(`${path}-wal`) > tail,
    );
    const store = openHistory({ path, key });
    try {
      const numbers = store.messages
        .from(contact, { limit: 1_000_000 })
        .map(({ id }) => new DataView(id.buffer).getUint32(0));
      // Lines that nobody reads in time wait in the process that prints them, and are lost with it: what it began after one
      // shows that it was done as well.
      const last = Math.max(Number(lines.at(-1)), Math.max(...numbers) - 1);
      const deleted = (number: number): boolean => (number + 3) % 7 === 6 && number + 3 <= last;
      const told = Array.from({ length: last + 1 }, (_, number) => number);
      // Of what was not told yet, any part may be there; nothing that was told may be missing.
      const inDoubt = new Set([last + 1, last + 1 - 3]);
      const certain = told.filter((number) => !deleted(number) && !inDoubt.has(number));
      expect(numbers.filter((number) => !inDoubt.has(number))).toEqual(certain);
      const { total } = await store.search.find({ query: 'message', limit: 1 });
      expect(total).toBe(numbers.length);
    } finally {
      store.close();
    }
    return { wasKilled };
  });
}

/** Kills a process while it brings an older store to the newest version; it opens, and nothing is lost. */
export function killWhileMigrating(
  random: SeededRandom,
  count: number,
): Promise<{ wasKilled: boolean }> {
  return inFolder(async (folder) => {
    const path = join(folder, 'history.db');
    makeOlderStore(path, count);
    copyFileSync(path, join(folder, 'before'));
    const size = sizeOf(path);
    const script = `openHistory({ path: ${JSON.stringify(path)}, key });
      console.log('open'); process.kill(process.pid, 'SIGKILL');`;
    // The copy grows to the size of the store, then the journal to about twice that.
    const written = random.below(size * 3);
    const { wasKilled } = await killScript(
      script,
      () =>
        sizeOf(`${path}.before-step-2`) +
          sizeOf(`${path}.before-step-2.partial`) +
          sizeOf(`${path}-wal`) >
        written,
    );
    const store = openHistory({ path, key });
    try {
      const texts = store.messages.from(contact, { limit: count + 1 }).map(({ text }) => text);
      expect(texts).toEqual(Array.from({ length: count }, (_, number) => `message ${number}`));
      expect(store.contacts.list()).toMatchObject([{ name: 'Ada', isNamed: true }]);
    } finally {
      store.close();
    }
    return { wasKilled };
  });
}
