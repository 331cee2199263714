import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Failure, failuresOf, runWithFailure } from '@gravy/testing';
import { expect } from 'vitest';
import { openHistory } from '../../src/index.js';
import { idOf, key } from '../fresh-store.js';
import { makeOlderStore } from '../older-store.js';
import { PREAMBLE } from './killed-process.js';

const contact = idOf(32, 1);
const CODES = ['io_error', 'disk_full', 'no_permission', 'in_use'];
const OLDER_MESSAGES = 200;
/** Every file of a store whose writing may fail. */
const ENDINGS = ['', '-wal', '-shm', '-journal', '.before-step-2', '.before-step-2.partial'];
const COPY = 'copy.db';
const COPY_ENDINGS = ['', '.partial', '.partial-journal'];

export type Work = 'storing' | 'migrating';

/**
 * Stores, finds, deletes, copies and closes, and prints what was done and what was not: each failure
 * must be told, with a code that says what to do, and the process goes on.
 */
const workload = (folder: string): string => `${PREAMBLE}
  const path = ${JSON.stringify(join(folder, 'history.db'))};
  const tell = (word, number, error) => console.log([word, number, error?.code ?? ''].join(' '));
  let store;
  try {
    store = openHistory({ path, key });
    tell('open', 0);
  } catch (error) {
    tell('unopened', 0, error);
  }
  if (store !== undefined) {
    const contact = idOf(32, 1);
    const attempt = async (done, failed, number, work) => {
      try {
        await work();
        tell(done, number);
      } catch (error) {
        tell(failed, number, error);
      }
    };
    if (store.contacts.list().length === 0)
      await attempt('contact', 'no-contact', 0, () =>
        store.contacts.add({ id: contact, name: 'Ada', addedAt: 0 }));
    const message = (number) => ({ id: idOf(16, 1_000 + number), contact, direction: 'out', at: number, state: 'queued' });
    for (let number = 0; number < 8; number += 1)
      await attempt('stored', 'unsaved', number, () =>
        store.messages.append({ ...message(number), text: ('message ' + number + ' ').repeat(100) }));
    await attempt('found', 'not-found', 0, () => store.search.find({ query: 'message', limit: 1 }));
    await attempt('deleted', 'not-deleted', 3, () => store.messages.delete(message(3)));
    await attempt('copied', 'not-copied', 0, async () => store.copyTo(${JSON.stringify(join(folder, COPY))}));
    await attempt('stored', 'unsaved', 8, () => store.messages.append({ ...message(8), text: 'last' }));
    try {
      store.close();
    } catch (error) {
      tell('unclosed', 0, error);
    }
  }`;

/** One run of the work in which one call fails; without a failure, the failures that there could be. */
export function failOnce(work: Work, failure?: Failure): Failure[] {
  const folder = mkdtempSync(join(tmpdir(), 'gravy-fail-'));
  try {
    const path = join(folder, 'history.db');
    if (work === 'migrating') makeOlderStore(path, OLDER_MESSAGES);
    const paths = [
      ...ENDINGS.map((ending) => path + ending),
      ...COPY_ENDINGS.map((ending) => join(folder, COPY) + ending),
      folder,
    ];
    const { lines, calls, wasInjected } = runWithFailure(workload(folder), paths, failure);
    expect(wasInjected).toBe(failure !== undefined);
    requireNothingLost(path, lines, work === 'migrating' ? OLDER_MESSAGES : 0);
    return failuresOf(calls);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function requireNothingLost(path: string, lines: readonly string[], older: number): void {
  const told = lines.map((line) => line.split(' '));
  const hasContact = told.every(([word]) => word !== 'no-contact');
  const codes = hasContact ? CODES : [...CODES, 'no_such_contact'];
  for (const [word = '', , code = ''] of told) {
    if (code !== '') expect(codes, word).toContain(code);
  }
  const numbersOf = (word: string): number[] =>
    told.filter(([said]) => said === word).map(([, number]) => Number(number));
  const deleted = numbersOf('deleted');
  // A deletion that fails may be done but for the journal, which is cut off later.
  const inDoubt = new Set([...deleted, ...numbersOf('not-deleted')]);
  const stored = numbersOf('stored').filter((number) => !inDoubt.has(number));
  if (numbersOf('open').length > 0) {
    expect([
      ...numbersOf('stored'),
      ...numbersOf('unsaved'),
      ...numbersOf('no-contact'),
    ]).not.toEqual([]);
  }
  const store = openHistory({ path, key });
  try {
    const found = store.messages
      .from(contact, { limit: 1_000 })
      .map(({ id }) => new DataView(id.buffer).getUint32(0));
    expect(found.filter((number) => number < 1_000)).toHaveLength(older);
    const news = found.filter((number) => number >= 1_000).map((number) => number - 1_000);
    for (const number of stored) expect(news).toContain(number);
    for (const number of deleted) expect(news).not.toContain(number);
  } finally {
    store.close();
  }
}
